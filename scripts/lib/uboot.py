"""Talks to the real U-Boot under QEMU; scripts/sessions, scripts/fuzz-uboot and scripts/bench-compare use it."""

import base64
import ctypes
import gzip
import json
import os
import re
import select
import signal
import socket
import struct
import subprocess
import tempfile
import time
import zlib

FIRMWARE = "/usr/lib/u-boot/qemu_arm64/u-boot.bin"
EMULATOR = "qemu-system-aarch64"
PROMPT = b"=> "
MORE = b"\n> "
# The middle of what `crc32` prints, which ends like the prompt.
CHECKSUM = re.compile(rb"\.\.\. [0-9a-f]+ ==> $")
SECONDS = 60
# What makes the emulator's network known, before anything else is typed.
NETWORK = ["setenv ipaddr 10.0.2.15", "setenv serverip 10.0.2.2"]


class Fault(Exception):
    """The emulator or U-Boot does not do what a session needs."""


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Unfinished(Exception):
    """A construct has no end: U-Boot waits for more of it. The argument is what was printed so far."""


class Board:
    """A freshly booted U-Boot at its prompt."""

    def __init__(self, files, disks=(), firmware=FIRMWARE, patience=SECONDS, more=()):
        self.patience = SECONDS
        self.qmp_path = os.path.join(files, "..", "qmp")
        arguments = [
            EMULATOR, "-M", "virt,virtualization=on,gic-version=2,dtb-randomness=off", "-cpu", "cortex-a57",
            "-m", "2048", "-smp", "2",
            "-display", "none", "-no-reboot", "-nodefaults", "-monitor", "none", "-serial", "stdio",
            "-qmp", f"unix:{self.qmp_path},server=on,wait=off",
            "-netdev", f"user,id=n0,tftp={files}",
            "-device", "virtio-net-pci,netdev=n0,mac=52:54:00:12:34:56", "-bios", firmware,
        ]
        arguments += [*attachments(disks), *more]
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)
        self.text = b""
        self.count = 0
        self.wait(lambda text: b"autoboot:" in text, "the start of U-Boot")
        self.send(b" ")
        self.wait(lambda text: text.endswith(b"\n" + PROMPT), "the prompt")
        self.patience = patience

    def close(self):
        self.process.kill()
        self.process.wait()

    def send(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def wait(self, condition, what):
        """Reads until the text fulfils a condition; False where the emulator ends."""
        deadline = time.monotonic() + self.patience
        output = self.process.stdout.fileno()
        while not condition(self.text):
            left = deadline - time.monotonic()
            if left <= 0:
                raise Fault(f"waited {self.patience} s for {what}; the last text is {self.text[-200:]!r}")
            if not select.select([output], [], [], left)[0]:
                continue
            data = os.read(output, 65536)
            if not data:
                return False
            self.text += data
        return True

    def type(self, command):
        """What a line or construct prints, its status (None: U-Boot is gone), and whether a kernel was started."""
        printed = b""
        lines = command.encode("latin-1").split(b"\n")
        for number, line in enumerate(lines):
            is_last = number == len(lines) - 1
            echo = len(line) + 2
            is_alive = self.enter(line)
            body = self.text[echo:]
            if b"Starting kernel ..." in body:
                self.wait(lambda text: text.endswith(b"...\r\n\r\n"), "the end of the last line")
                return clean(printed + self.text[echo:]), None, True
            if not is_alive:
                return clean(printed + body), None, False
            if (b"\n" + body).endswith(MORE):
                printed += body[:-len(MORE) + 1]
                if is_last:
                    raise Unfinished(clean(printed))
            elif not is_last:
                printed += body[:-len(PROMPT)]
        status, body = self.status(echo)
        return clean(printed + body), status, False

    def enter(self, line):
        """Types one line and reads up to the next prompt; False where there is none."""
        self.text = b""
        self.send(line + b"\r")
        echo = len(line) + 2

        def done(text):
            body = b"\n" + text[echo:]
            if len(text) < echo or CHECKSUM.search(body):
                return False
            return body.endswith(PROMPT) or body.endswith(MORE) or b"Starting kernel ..." in body

        return self.wait(done, f"the end of {line!r}")

    def status(self, echo):
        """Asks for the status and puts it back; the text between echo and question is the command's."""
        self.count += 1
        mark = b"@%d@" % self.count
        question = b"echo " + mark + b"$?" + mark
        self.send(question + b"\r")
        answer = re.compile(re.escape(mark) + rb"(\d+)" + re.escape(mark) + rb"\r\n=> $")
        if not self.wait(answer.search, "the status"):
            return None, self.text[echo:]
        match = answer.search(self.text)
        status = int(match.group(1))
        body = self.text[echo:match.start()]
        tail = PROMPT + question + b"\r\n"
        body = body[:-len(tail)] if body.endswith(tail) else body
        if status:
            self.text = b""
            # Releases with other values than 0 and 1 have an `exit` that puts them back.
            self.send(b"false\r" if status == 1 else b"exit %d\r" % status)
            self.wait(lambda text: text.endswith(PROMPT), "the prompt")
        return status, body

    def monitor(self, *commands):
        """Sends commands to QMP and gives the results."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.qmp_path)
            stream = connection.makefile("rw")
            stream.readline()
            results = []
            for name, arguments in (("qmp_capabilities", {}),) + commands:
                stream.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
                stream.flush()
                while "return" not in (message := json.loads(stream.readline())):
                    if "error" in message:
                        raise Fault(f"QMP: {message['error']}")
                results.append(message["return"])
            return results[1:]

    def tree(self, place):
        """The device tree at an address, or the one that a kernel got."""
        deadline = time.monotonic() + SECONDS
        while True:
            registers = self.monitor(("stop", {}), ("human-monitor-command", {"command-line": "info registers"}))[1]
            first = int(re.search(r"X00=([0-9a-f]{16})", registers).group(1), 16)
            address = first if place == "x0" else int(place, 16)
            magic, size = struct.unpack(">II", self.memory(address, 8))
            if magic == 0xd00dfeed:
                return self.memory(address, size)
            # The kernel may not have been entered yet.
            if time.monotonic() > deadline:
                raise Fault(f"no device tree at {address:#x}")
            self.monitor(("cont", {}))
            time.sleep(0.05)

    def memory(self, address, size):
        with tempfile.NamedTemporaryFile() as file:
            self.monitor(("pmemsave", {"val": address, "size": size, "filename": file.name}))
            return file.read()


def attachments(disks):
    """The words that attach disks: `PATH` as virtio, or `BUS:NUMBER=PATH` with the bus virtio, nvme or scsi."""
    arguments = []
    if any(disk.startswith("scsi:") for disk in disks):
        arguments += ["-device", "ahci,id=ahci"]
    for count, disk in enumerate(disks):
        match = re.match(r"(virtio|nvme|scsi):(\d+)=", disk)
        bus, number = match.groups() if match else ("virtio", "0")
        arguments += ["-drive", f"if=none,id=d{count},format=raw,snapshot=on,file={disk[match.end() if match else 0:]}"]
        arguments += ["-device", {"virtio": f"virtio-blk-pci,drive=d{count}", "nvme": f"nvme,drive=d{count},serial=disk{number}",
                                  "scsi": f"ide-hd,drive=d{count},bus=ahci.{number}"}[bus]]
    return arguments


def clean(text):
    return text.decode("latin-1").replace("\r\n", "\n")


def content(entry):
    """The bytes of a file of a session."""
    kind, value = next(iter(entry.items()))
    if kind == "text":
        return value.encode("latin-1")
    if kind == "script":
        return script_image(value.encode("latin-1"))
    if kind == "hex":
        return bytes.fromhex(value)
    if kind == "base64":
        return base64.b64decode(value)
    if kind == "gz":
        return gzip.decompress(base64.b64decode(value))
    if kind == "fill":
        return bytes([value[0]]) * value[1]
    if kind == "ramp":
        return bytes((i * 7 + (i >> 8)) & 255 for i in range(value))
    raise Fault(f"unknown form '{kind}' of a file")


def write_files(entries, folder):
    """Makes a folder with the files of a session."""
    os.makedirs(folder, exist_ok=True)
    for name, entry in entries.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content(entry))


def script_image(text):
    data = struct.pack(">II", len(text), 0) + text
    fields = (0, len(data), 0, 0, zlib.crc32(data), 5, 22, 6, 0, b"script")
    header = struct.pack(">IIIIIIIBBBB32s", 0x27051956, 0, *fields)
    return struct.pack(">IIIIIIIBBBB32s", 0x27051956, zlib.crc32(header), *fields) + data


def steady(text):
    """An output without what depends on time."""
    text = re.sub(r"\n\t [0-9.]+ (?:[KMG]iB|Bytes)/s(?=\n)", "", text or "")
    return re.sub(r" in \d+ ms(?: \([^)\n]*/s\))?", " in T ms", text)
