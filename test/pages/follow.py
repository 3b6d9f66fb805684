"""Follows plans of recovery: their commands run in a shell, in order, and the AWS CLI answers by the models of the services.

A call is real up to the wire: the CLI knows the command and checks what it is given. The answer has every member that the
service documents, so a member that --query does not find there does not exist. Filters let all through, since values are
made up; that there is nothing at all is answered, too, and must not be an error.
"""

import contextlib
import functools
import io
import os
import re
import socketserver
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from awscli.clidriver import create_clidriver
from botocore.awsrequest import AWSResponse
from botocore.response import StreamingBody
from botocore.waiter import Waiter
from jmespath.exceptions import JMESPathError
from jmespath.visitor import TreeInterpreter

# What version 2 of the CLI has and version 1, which comes as a package, has not; what lists in words of its own.
NEWER = {("logs", "tail"), ("s3", "ls"), ("s3", "sync")}
OTHERS = "curl dig git gunzip k6 kubectl mysql npm npx pg_dump pg_restore psql redis-cli terraform valkey-cli".split()
# A key of a map: no model knows which there are.
ANY = "some-key"
# Waits look once, and nobody is asked twice.
WAIT = re.compile(r"\bsleep \d+")
AWS = r"""#!/bin/bash
exec 3<>"/dev/tcp/127.0.0.1/$PORT"
printf '%s\0' "$#" "$PWD" "$@" >&3
read -r code <&3
cat <&3
exit "$code"
"""


def sample(shape, within=()):
    """What an answer of this shape may hold."""
    if shape is None or shape.name in within:
        return None
    within = (*within, shape.name)
    match shape.type_name:
        case "structure":
            return {name: sample(member, within) for name, member in shape.members.items()}
        case "list":
            return [sample(shape.member, within)] * 3
        case "map":
            return {ANY: sample(shape.value, within)}
        case "string":
            return shape.enum[0] if shape.enum else f"some-{shape.name}".ljust(shape.metadata.get("min", 0), "-")
        case "timestamp":
            return "2026-03-31T02:10:00+00:00"
        case "blob":
            return b"some-bytes"
        case "boolean":
            return True
    return 1


def unknown(value, shape, name=""):
    """Words that a service does not take, where its model says which it does."""
    if isinstance(value, dict) and shape.type_name == "structure":
        for key, one in value.items():
            yield from unknown(one, shape.members[key], key)
    elif isinstance(value, list):
        for one in value:
            yield from unknown(one, shape.member, name)
    elif shape.type_name == "string" and shape.enum and value not in shape.enum and not value.startswith("some-"):
        yield f"{name}: {value} is none of {', '.join(shape.enum)}"


class Strict(TreeInterpreter):
    """A query as it is evaluated, but what it asks for must be there."""

    def visit_field(self, node, value):
        if isinstance(value, dict) and ANY in value:
            return value[ANY]
        if not isinstance(value, dict) or node["value"] not in value:
            raise ValueError(f"--query asks for {node['value']}, which is not in {str(value)[:80]}")
        return value[node["value"]]

    def visit_filter_projection(self, node, value):
        found = self.visit(node["children"][0], value)
        if not isinstance(found, list):
            raise ValueError(f"--query filters what is no list: {str(found)[:80]}")
        for one in found:
            self.visit(node["children"][2], one)
        return [self.visit(node["children"][1], one) for one in found[:1]]


class Query:
    def __init__(self, parsed, service):
        self.parsed = parsed
        # S3 leaves a list out where others send an empty one.
        self.nothing = None if service == "s3api" else []

    def search(self, data, options=None):
        try:
            self.parsed.search({key: self.nothing if isinstance(one, list) else one for key, one in data.items()})
        except JMESPathError as error:
            raise ValueError(f"--query fails where there is nothing: {error}") from error
        return Strict(options).visit(self.parsed.parsed, data)


class Cli:
    """The AWS CLI, whose calls do not leave this process."""

    def __init__(self):
        # No settings of whoever runs this.
        for name in [name for name in os.environ if re.match("AWS_(?!DATA_PATH)", name)]:
            del os.environ[name]
        os.environ.update(AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none", AWS_CONFIG_FILE=os.devnull)
        self.driver = create_clidriver()
        session = self.driver.session
        session.create_client = functools.cache(session.create_client)
        session.register("before-parameter-build", self.check)
        session.register("before-call", self.answer)
        session.register("top-level-args-parsed", self.asked)
        Waiter.wait = lambda waiter, **given: waiter._operation_method(**given)

    def asked(self, parsed_args, **_):
        if parsed_args.query is not None:
            parsed_args.query = Query(parsed_args.query, parsed_args.command)

    def check(self, params, model, **_):
        if faults := [*unknown(params, model.input_shape)]:
            raise ValueError(", ".join(faults))

    def answer(self, model, **_):
        answer = sample(model.output_shape) or {}
        for token in self.tokens(model):
            answer.pop(token, None)
        if model.has_streaming_output:
            answer[model.output_shape.serialization["payload"]] = StreamingBody(io.BytesIO(b"{}"), 2)
        return AWSResponse("", 200, {}, None), {**answer, "ResponseMetadata": {"HTTPStatusCode": 200}}

    def tokens(self, model):
        """What says that there is another page of the answer."""
        try:
            pages = self.driver.session.get_paginator_model(model.service_model.service_name).get_paginator(model.name)
        except Exception:  # It has no pages, or the service has none.
            return []
        tokens = pages["output_token"]
        return [pages.get("more_results"), *(tokens if isinstance(tokens, list) else [tokens])]

    def run(self, arguments, folder):
        if arguments[:2] in NEWER:
            return 0, "some-line\n", None
        self.driver.session.set_config_variable("region", None)
        out, err = io.TextIOWrapper(io.BytesIO(), write_through=True), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.chdir(folder):
            try:
                code = self.driver.main(list(arguments)) or 0
            except SystemExit as end:
                code = end.code
        said = out.buffer.getvalue().decode()
        if code:
            return code, said, max(err.getvalue().strip().split("\n\n"), key=lambda part: "error" in part.lower())
        nothing = "--query" in arguments and set(said.split()) <= {"None", "null"}
        return 0, said, "it answers nothing" if nothing else None


class Server(socketserver.ThreadingTCPServer):
    """Answers the shells; one call at a time, since the CLI says what it says to the process."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.cli, self.lock, self.known, self.faults = Cli(), threading.Lock(), {}, {}


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        count, folder = int(self.word()), self.word()
        arguments = tuple(self.word() for _ in range(count))
        with self.server.lock:
            if arguments not in self.server.known:
                self.server.known[arguments] = self.server.cli.run(arguments, folder)
        code, said, fault = self.server.known[arguments]
        if fault:
            self.server.faults[f"aws {' '.join(arguments)}"] = fault
        self.wfile.write(f"{code}\n{said}".encode())

    def word(self):
        return b"".join(iter(functools.partial(self.rfile.read, 1), b"\0")).decode()


def blocks(page):
    for indent, block in re.findall(r"^( *)```sh\n(.*?)^ *```$", page.read_text(), re.S | re.M):
        yield "\n".join(line.removeprefix(indent) for line in block.split("\n"))


def follow(page, folder, port):
    """Pastes the blocks of a page into one shell, and returns what that complains of."""
    script = Path(folder, "page.sh")
    script.write_text(WAIT.sub("break 2>/dev/null", "\n".join(blocks(page))))
    env = {"PATH": f"{folder}/bin:/usr/local/bin:/usr/bin:/bin", "PORT": str(port), "HOME": folder}
    given = {"input": "some-answer\n" * 200, "cwd": tempfile.mkdtemp(dir=folder), "env": env}
    done = subprocess.run(["bash", "-u", script], capture_output=True, text=True, timeout=300, **given)
    return done.stderr.replace(f"{script}: ", "").strip()


def main(roots):
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        os.mkdir(f"{folder}/bin")
        for name, text in {"aws": AWS, **{other: "#!/bin/bash\necho some-answer\n" for other in OTHERS}}.items():
            Path(folder, "bin", name).write_text(text)
            os.chmod(f"{folder}/bin/{name}", 0o755)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        pages = sorted(page for root in roots for page in Path(root).rglob("recovery/*.md"))
        faulty = 0
        for page in pages:
            server.faults.clear()
            shell = follow(page, folder, server.server_address[1])
            faults = {**server.faults, **({"the shell says": shell} if shell else {})}
            faulty += bool(faults)
            for command, fault in faults.items():
                print(page, command, fault, sep="\n   ", flush=True)
        print(f"{len(pages)} pages followed, {len(server.known)} different calls of AWS; {faulty} pages with faults")
        server.shutdown()
        return min(faulty, 1)


sys.exit(main(sys.argv[1:]))
