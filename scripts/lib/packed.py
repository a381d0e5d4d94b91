"""Compresses the payloads of images in every way that an image can name, without tools."""

import bz2
import gzip
import lzma
import struct
import zlib

from dice import Dice

# The numbers of a legacy image's header, with the words of FIT.
METHODS = {"none": 0, "gzip": 1, "bzip2": 2, "lzma": 3, "lzo": 4, "lz4": 5, "zstd": 6}
MASK = 0xffffffff


def compress(method, data, dice=None):
    """The bytes in a method's format; formats have variants, of which the dice take one."""
    dice = dice or Dice(0)
    if method == "gzip":
        return with_name(gzip.compress(data, mtime=0), dice)
    if method == "bzip2":
        return bz2.compress(data)
    if method == "lzma":
        packed = lzma.compress(data, format=lzma.FORMAT_ALONE)
        # The program writes no size; mkimage's documents ask for one.
        return packed if dice.chance(50) else packed[:5] + struct.pack("<Q", len(data)) + packed[13:]
    if method == "lz4":
        return lz4(data, dice)
    if method == "zstd":
        return zstd(data)
    if method == "lzo":
        return lzop(data)
    return data


def with_name(packed, dice):
    """A gzip member with some of the optional fields of its header."""
    flags, fields = 0, b""
    if dice.chance(20):
        flags, fields = flags | 4, fields + struct.pack("<H", 4) + b"abcd"
    if dice.chance(30):
        flags, fields = flags | 8, fields + b"name\0"
    if dice.chance(20):
        flags, fields = flags | 16, fields + b"comment\0"
    return packed[:3] + bytes([flags]) + packed[4:10] + fields + packed[10:]


def lz4(data, dice):
    """A frame with one block or several, each stored, literal or with a match."""
    flags = 0x60 | dice.pick([0, 0, 4, 8])
    descriptor = bytes([flags, dice.pick([0x40, 0x70])])
    if flags & 8:
        descriptor += struct.pack("<Q", len(data))
    frame = struct.pack("<I", 0x184d2204) + descriptor + bytes([xxh32(descriptor) >> 8 & 255])
    step = dice.pick([len(data) or 1, 1000])
    for start in range(0, len(data), step):
        part = data[start:start + step]
        if dice.chance(30):
            frame += struct.pack("<I", len(part) | 0x80000000) + part
        else:
            block = lz4_block(part)
            frame += struct.pack("<I", len(block)) + block
    return frame + bytes(4) + (struct.pack("<I", xxh32(data)) if flags & 4 else b"")


def lz4_block(data):
    """Literals, then one match of the last byte of them as far as it goes, then the rest as literals."""
    run = next((at for at in range(1, len(data) - 16) if data[at:at + 16] == data[at - 1:at] * 16), None)
    if run is None:
        return sequence(data)
    end = run
    while end < len(data) - 5 and data[end] == data[run - 1]:
        end += 1
    if end - run < 4 or len(data) - end < 5:
        return sequence(data)
    return sequence(data[:run], 1, end - run) + sequence(data[end:])


def sequence(literals, offset=0, match=0):
    def more(number):
        return b"" if number < 15 else b"\xff" * ((number - 15) // 255) + bytes([(number - 15) % 255])

    extra = match - 4 if match else 0
    token = min(len(literals), 15) << 4 | min(extra, 15)
    tail = struct.pack("<H", offset) + more(extra) if match else b""
    return bytes([token]) + more(len(literals)) + literals + tail


def xxh32(data):
    """The checksum of LZ4's frames."""
    first, second, third, fourth, fifth = 2654435761, 2246822519, 3266489917, 668265263, 374761393

    def turn(value, count):
        value &= MASK
        return (value << count | value >> (32 - count)) & MASK

    place = 0
    if len(data) >= 16:
        sums = [first + second & MASK, second, 0, -first & MASK]
        while place + 16 <= len(data):
            for number, word in enumerate(struct.unpack_from("<4I", data, place)):
                sums[number] = turn(sums[number] + word * second, 13) * first & MASK
            place += 16
        total = sum(turn(value, count) for value, count in zip(sums, (1, 7, 12, 18)))
    else:
        total = fifth
    total = total + len(data) & MASK
    while place + 4 <= len(data):
        total = turn(total + struct.unpack_from("<I", data, place)[0] * third, 17) * fourth & MASK
        place += 4
    for byte in data[place:]:
        total = turn(total + byte * fifth, 11) * first & MASK
    total = (total ^ total >> 15) * second & MASK
    total = (total ^ total >> 13) * third & MASK
    return total ^ total >> 16


def zstd(data):
    """A frame of one stored block."""
    block = len(data) << 3 | 1
    return struct.pack("<IBI", 0xfd2fb528, 0xa0, len(data)) + block.to_bytes(3, "little") + data


def lzop(data):
    """A file of lzop with one stored block."""
    header = struct.pack(">HHHBBIIIIB", 0x1030, 0x2080, 0x0940, 1, 5, 1, 0o644, 0, 0, 0)
    checksum = zlib.adler32(header)
    block = struct.pack(">III", len(data), len(data), zlib.adler32(data)) + data
    return b"\x89LZO\0\r\n\x1a\n" + header + struct.pack(">I", checksum) + block + bytes(4)
