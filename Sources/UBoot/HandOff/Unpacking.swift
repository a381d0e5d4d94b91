import BootImages
import Compression
import DeviceTree

/// Unpacking what lies in memory, as U-Boot's decompressors do it.
extension Machine {
    /// What a decompressor gave.
    struct Unpacked {
        /// 0, or the error number that U-Boot's function returns.
        var code: Int
        /// How many bytes it says it wrote.
        var byteCount: UInt64
    }

    /// The most that U-Boot unpacks for a boot.
    var kernelByteLimit: UInt64 { description.images.kernelByteLimit }
    /// The number for a kind of packing that this U-Boot does not know.
    static let unimplemented = -38

    /// Says what is done with an image.
    mutating func printPlacing(
        _ compression: LegacyImageCompression, _ type: LegacyImageType, to target: Address, isInPlace: Bool
    ) {
        let verb = compression != .none ? "Uncompressing" : isInPlace ? "XIP" : "Loading"
        let place: ByteString = release >= .v2025_01 ? " to \(hex: target.value)" : ""
        print("   \(verb) \(type.description)\(place)\n")
    }

    /// Copies bytes as a boot command does: what is no RAM takes none, and where nothing is the board aborts.
    func copy(from source: Address, to target: AddressRange, _ call: CommandCall) throws {
        if memory.isRAM(target) {
            try memory.move(from: source, to: target, by: writer(call))
        } else {
            let bytes = try memory.read(AddressRange(start: source, size: target.size))
            try memory.write(bytes, at: target.start, by: writer(call))
        }
    }

    /// Unpacks data, or copies what is not packed; says what the decompressors say themselves.
    mutating func decompress(
        _ compression: LegacyImageCompression, _ source: AddressRange, to target: Address, room: UInt64,
        _ call: CommandCall
    ) throws -> Unpacked {
        if compression == .none {
            guard source.size <= room else { return Unpacked(code: -28, byteCount: source.size) }
            if target != source.start {
                let range = AddressRange(start: target, size: source.size)
                try copy(from: source.start, to: range, call)
            }
            return Unpacked(code: 0, byteCount: source.size)
        }
        guard let packing = description.images.packing(compression) else {
            print("Unimplemented compression type \(compression.rawValue)\n")
            return Unpacked(code: Self.unimplemented, byteCount: source.size)
        }
        switch packing {
        case .gzip:
            let (result, message) = try inflate(source, to: target, room: room, call)
            print(message)
            return result
        case .lzma: return try unpackLZMA(source, to: target, room: room, call)
        case .lz4: return try unpackLZ4(source, to: target, room: room, call)
        case .bzip2: return try unpackBZip2(source, to: target, room: room, call)
        case .lzo: return try unpackLZO(source, to: target, room: room, call)
        case .zstd: return try unpackZstandard(source, to: target, room: room, call)
        }
    }

    /// Unpacks a gzip file, whose length and checksum U-Boot does not look at; prints nothing but gives what to print.
    func inflate(
        _ source: AddressRange, to target: Address, room: UInt64, _ call: CommandCall
    ) throws -> (result: Unpacked, message: ByteString) {
        let head: Int
        switch try gzipHeaderSize(source) {
        case .success(let size): head = size
        case .failure(let problem):
            return (Unpacked(code: -1, byteCount: source.size), problem.text)
        }
        let input = available(AddressRange(start: source.start + UInt64(head), size: source.size &- UInt64(head)))
        let result = try memory.withBytes(input) { bytes in
            try write(to: target, room: min(room, UInt64(UInt32.max)), call) { output in
                let result = Inflate.run(bytes, into: &output)
                return (result.code, result.byteCount)
            }
        }
        let unpacked = Unpacked(code: result.code == 1 ? 0 : -1, byteCount: UInt64(result.byteCount))
        return (unpacked, result.code == 1 ? "" : "Error: inflate() returned \(result.code)\n")
    }

    private struct HeaderProblem: Error {
        var text: ByteString
    }

    private func gzipHeaderSize(_ source: AddressRange) throws -> Result<Int, HeaderProblem> {
        let fixed = try memory.read(AddressRange(start: source.start, size: 12))
        let flags = fixed[3]
        guard fixed[2] == 8, flags & 0xe0 == 0 else {
            return .failure(HeaderProblem(text: "Error: Bad gzipped data\n"))
        }
        var size = UInt64(10)
        if flags & 0x04 != 0 { size = 12 + UInt64(fixed[10]) + UInt64(fixed[11]) << 8 }
        for flag in [UInt8(0x08), 0x10] where flags & flag != 0 {
            size += UInt64(try memory.cString(at: source.start + size).count) + 1
        }
        if flags & 0x02 != 0 { size += 2 }
        guard size < source.size else { return .failure(HeaderProblem(text: "Error: gunzip out of data in header\n")) }
        return .success(Int(size))
    }

    /// Unpacks the LZMA format; U-Boot reads up to eight bytes behind the source.
    func unpackLZMA(
        _ source: AddressRange, to target: Address, room: UInt64, _ call: CommandCall
    ) throws -> Unpacked {
        let header = UInt64(LZMA.headerByteCount)
        // The header is read whatever the size, and the stream is as long as if it began behind the properties.
        let size = source.size < 5 || source.size > .max - header ? .max : max(source.size + 8, header)
        let range = written(AddressRange(start: source.start, size: size))
        let input = try memory.read(range)
        let overlap = target < range.end ? Int(exactly: Int64(bitPattern: target.value &- range.start.value)) : nil
        let result = try write(to: target, room: room, call) { output in
            let result = LZMA.run(input, into: &output, room: room, outputPlace: overlap)
            return (Int32(result.code), result.byteCount)
        }
        // Where the length that the header gives is too much, U-Boot leaves its own limit as the length.
        let byteCount = result.code == 7 ? room : UInt64(result.byteCount)
        return Unpacked(code: Int(result.code), byteCount: byteCount)
    }

    /// Unpacks an LZ4 frame.
    func unpackLZ4(
        _ source: AddressRange, to target: Address, room: UInt64, _ call: CommandCall
    ) throws -> Unpacked {
        let input = try memory.read(written(source))
        let result = try write(to: target, room: room, call) { output in
            let result = LZ4.run(input, into: &output)
            return (Int32(result.code), result.byteCount)
        }
        return Unpacked(code: Int(result.code), byteCount: UInt64(result.byteCount))
    }

    /// A range cut to the end of its memory.
    func available(_ range: AddressRange) -> AddressRange {
        AddressRange(start: range.start, size: min(range.size, memory.available(at: range.start)))
    }

    /// A range cut to what was ever written from its start on, and a little more: behind that are only zeros.
    func written(_ range: AddressRange) -> AddressRange {
        let whole = available(range)
        var end = whole.start
        for extent in memory.provenance.extents(in: whole) where extent.range.start == end { end = extent.range.end }
        return AddressRange(start: whole.start, size: min(whole.size, end - whole.start + 0x10000))
    }

    /// Lets a decompressor write, whose number and count it gives; what it wrote belongs to the command.
    func write(
        to target: Address, room: UInt64, _ call: CommandCall,
        _ body: (inout MutableRawSpan) throws -> (code: Int32, byteCount: Int)
    ) throws -> (code: Int32, byteCount: Int) {
        let range = AddressRange(start: target, size: min(room, memory.available(at: target)))
        guard memory.isRAM(range) else {
            // What is no RAM takes nothing, and U-Boot does not notice.
            var scratch = [UInt8](repeating: 0, count: Int(clamping: min(range.size, kernelByteLimit)))
            let result = try FlattenedTree.withMutableBytes(of: &scratch) { try body(&$0) }
            try memory.write(scratch.prefix(max(1, result.byteCount)), at: target, by: writer(call))
            return result
        }
        let result = try memory.withMutableBytes(range, by: nil) { output in try body(&output) }
        memory.attribute(AddressRange(start: target, size: UInt64(result.byteCount)), to: writer(call))
        return result
    }
}
