"""Runs a session on the real U-Boot and on ibtest, and makes one that differs small."""

import json
import os
import re
import subprocess
import tempfile

import uboot

# Seconds for one line; the slowest, a scan for SATA disks that are not there, needs five.
PATIENCE = 15
ATTEMPTS = 150


class Session:
    """Files, lines that are typed, and which of the files are disks: `FILE` or `BUS:NUMBER=FILE`."""

    def __init__(self, files, commands, disks=()):
        self.files = files
        self.commands = commands
        self.disks = list(disks)


class Difference:
    """The first line that was answered differently."""

    def __init__(self, index, command, real, simulated):
        self.index = index
        self.command = command
        self.real = real
        self.simulated = simulated


class Result:
    """What came of a session.

    The lines that were compared, the differences, a line that had no answer in time, and one that ibtest cannot execute.
    """

    def __init__(self):
        self.lines = 0
        self.differences = []
        self.stuck = None
        self.unsimulated = None


class Differ:
    """The two programs."""

    def __init__(self, ibtest, firmware, board):
        self.ibtest = ibtest
        self.firmware = firmware
        self.board = board

    def compare(self, session):
        """Runs a session on both."""
        result = Result()
        with tempfile.TemporaryDirectory(prefix="ibtest-fuzz-") as folder:
            files = os.path.join(folder, "files")
            uboot.write_files(session.files, files)
            answers, result.stuck = self.ask_real(session, files)
            simulated = self.ask_simulated(session, files)
        for index, command, output, status in answers:
            other, other_status = take(simulated, command)
            result.lines += 1
            if UNSIMULATED.search(other):
                # What comes behind it may depend on it.
                result.unsimulated = command
                return result
            if not same(output, status, other, other_status):
                result.differences.append(Difference(index, command, (status, output), (other_status, other)))
                # What follows from a line that one side did not come back from is no answer.
                if status is None or other_status is None:
                    break
        if result.stuck and not result.differences:
            other, other_status = take(simulated, result.stuck)
            if other_status is not None:
                index = len(session.commands) - 1
                result.differences.append(Difference(index, result.stuck, (None, "no answer"), (other_status, other)))
        return result

    def ask_real(self, session, files):
        """(index, command, output, status) for each line or construct; one not answered in time."""
        answers = []
        board = uboot.Board(files, attached(session, files), firmware=self.firmware, patience=PATIENCE)
        try:
            for line in uboot.NETWORK:
                board.type(line)
            begun = printed = ""
            for index, command in enumerate(session.commands):
                try:
                    output, status, _ = board.type(command)
                except uboot.Unfinished as unfinished:
                    begun += command + "\n"
                    printed += str(unfinished)
                    continue
                except uboot.Fault:
                    return answers, begun + command
                answers.append((index, begun + command, printed + output, status))
                begun = printed = ""
                if status is None:
                    break
            return answers, None
        finally:
            board.close()

    def ask_simulated(self, session, files):
        """(command, output, status) for each line or construct that ibtest saw."""
        lines = uboot.NETWORK + session.commands
        path = os.path.join(files, "..", "lines.txt")
        with open(path, "wb") as file:
            file.write("".join(line + "\n" for line in lines).encode("utf-8"))
        words = [self.ibtest, "simulate", "--board", self.board, "--root", files, "--commands", path, "--transcript",
                 "json", "--max-steps", "20000"]
        for disk in attached(session, files):
            words += ["--disk", disk]
        run = subprocess.run(words, capture_output=True, check=False)
        if run.returncode not in (0, 1):
            return [("", f"ibtest ended with {run.returncode}: {run.stderr.decode(errors='replace')[-2000:]}", None)]
        records = json.loads(run.stdout)[len(uboot.NETWORK):]
        return [(record["command"], record["output"], record["status"]) for record in records]

    def shrink(self, session, difference):
        """A smaller session whose last line still differs, and what it differs in."""
        best = Session(session.files, session.commands[:difference.index + 1], session.disks)
        found = difference
        budget = ATTEMPTS

        def differs(commands, files=None):
            nonlocal best, found, budget
            if budget <= 0 or not commands:
                return False
            budget -= 1
            candidate = Session(best.files if files is None else files, commands, best.disks)
            result = self.compare(candidate)
            if result.stuck or not result.differences:
                return False
            found = result.differences[0]
            best = Session(candidate.files, commands[:found.index + 1], best.disks)
            return True

        # First whole lines, in ever smaller pieces, then words from the end.
        size = max(1, len(best.commands) // 2)
        while True:
            start = 0
            while start < len(best.commands):
                if not differs(best.commands[:start] + best.commands[start + size:]):
                    start += size
            if size == 1:
                break
            size //= 2
        for index in reversed(range(len(best.commands))):
            place = 0
            while index < len(best.commands) and place < len(words := best.commands[index].split(" ")):
                rest = " ".join(words[:place] + words[place + 1:])
                if not rest.strip() or not differs(best.commands[:index] + [rest] + best.commands[index + 1:]):
                    place += 1
        text = "\n".join(best.commands + best.disks)
        best.files = {name: entry for name, entry in best.files.items() if name in text or any(
            name in str(other) for other in best.files.values())}
        return best, found


def attached(session, files):
    """The disks of a session with the paths of their images."""
    parts = [disk.rpartition("=") for disk in session.disks]
    return [bus + equals + os.path.join(files, name) for bus, equals, name in parts]


def take(simulated, command):
    """The records of ibtest that make up a line or construct, joined."""
    seen, output, status = "", "", None
    while simulated:
        part, text, status = simulated.pop(0)
        seen += ("\n" if seen else "") + part
        output += text
        if len(seen) >= len(command) or status is None:
            break
    return output, status


def same(output, status, other, other_status):
    """Whether two answers are equal but for times and, where the board gave up, the registers it shows."""
    if status is None and other_status is None and ABORT in output and ABORT in other:
        return output.partition(ABORT)[0] == other.partition(ABORT)[0]
    return status == other_status and uboot.steady(output) == uboot.steady(other)


UNSIMULATED = re.compile(r"^ibtest: .* not simulated$", re.MULTILINE)
ABORT = '"Synchronous Abort" handler'
