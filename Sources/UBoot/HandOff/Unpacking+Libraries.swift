import Compression

/// The kinds of packing that few builds of U-Boot know.
extension Machine {
    /// Unpacks a bzip2 file.
    func unpackBZip2(
        _ source: AddressRange, to target: Address, room: UInt64, _ call: CommandCall
    ) throws -> Unpacked {
        let result = try memory.withBytes(available(source)) { input in
            try write(to: target, room: room, call) { output in
                let result = try BZip2.run(input, into: &output)
                return (Int32(result.code), result.byteCount)
            }
        }
        return Unpacked(code: Int(result.code), byteCount: result.code == 0 ? UInt64(result.byteCount) : 0)
    }

    /// Unpacks an lzop file; a block that begins in it is read to its end, wherever that is.
    func unpackLZO(
        _ source: AddressRange, to target: Address, room: UInt64, _ call: CommandCall
    ) throws -> Unpacked {
        let reach = AddressRange(start: source.start, size: source.size &+ Self.largestBlock)
        let input = try memory.read(written(reach))
        let result = try write(to: target, room: room, call) { output in
            let result = try LZO.run(input, byteCount: Int(clamping: source.size), into: &output)
            return (Int32(result.code), result.byteCount)
        }
        return Unpacked(code: Int(result.code), byteCount: result.code == 0 ? UInt64(result.byteCount) : 0)
    }

    /// Unpacks a Zstandard frame; U-Boot 2023.01 takes the number of a failure for the length of the result.
    mutating func unpackZstandard(
        _ source: AddressRange, to target: Address, room: UInt64, _ call: CommandCall
    ) throws -> Unpacked {
        let isNew = release >= .v2025_01
        if !isNew, source.size + Self.workspace > description.images.heapByteCount {
            return Unpacked(code: -12, byteCount: 0)
        }
        var failure: (action: ByteString, code: Int)?
        let result = try memory.withBytes(available(source)) { input in
            try write(to: target, room: room, call) { output in
                let result =
                    isNew
                    ? try Zstandard.frame(input, into: &output)
                    : try Zstandard.stream(input, into: &output, window: source.size)
                switch result {
                case .done(let byteCount): return (0, byteCount)
                case .endless(let code):
                    failure = ("detect compressed size", code)
                    return (0, 0)
                case .failed(let code, let byteCount):
                    failure = ("decompress", code)
                    return (0, byteCount)
                }
            }
        }
        guard let failure else { return Unpacked(code: 0, byteCount: UInt64(result.byteCount)) }
        guard isNew else {
            let code = Self.oldZstandardCodes[failure.code] ?? 1
            print("ZSTD_decompressStream error \(code)\n")
            return Unpacked(code: 0, byteCount: UInt64(code))
        }
        print("zstd_decompress: failed to \(failure.action): \(failure.code)\n")
        return Unpacked(code: -22, byteCount: 0)
    }

    /// The most that a block of an lzop file unpacks to.
    private static let largestBlock: UInt64 = 0x4_0000
    /// What U-Boot 2023.01 wants of its heap for a Zstandard frame, beside as many bytes as the frame has.
    private static let workspace: UInt64 = 0x6_8000

    /// libzstd's numbers as the older library in U-Boot 2023.01 has them.
    private static let oldZstandardCodes = [
        1: 1, 10: 2, 12: 3, 40: 4, 14: 5, 16: 7, 64: 10, 60: 11, 70: 12, 72: 13, 20: 14, 22: 15, 44: 16, 46: 17, 48: 18,
        30: 19, 32: 20, 34: 21,
    ]
}
