// cdktf notes where each token was made and reads that trace at once: to map each frame takes longer than the synthesis.
process.setSourceMapsEnabled(false);
