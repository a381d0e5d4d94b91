/// The simulated board's address space: RAM banks, read-only memory and bus windows, and who wrote every byte.
///
/// It is sparse: a bank costs nothing until it is touched. Sharing an instance shares the memory.
public final class PhysicalMemory {
    /// What lies behind a range of addresses.
    public enum BankKind: String, Sendable, Codable {
        /// Memory that can be read and written.
        case ram
        /// Memory that can be read; writes are ignored.
        case rom
        /// A bus without a modelled device: it reads as ones, writes are ignored.
        case bus
    }

    /// One range of addresses of the board.
    public struct BankDescription: Sendable, Equatable, Codable {
        /// What lies there.
        public var kind: BankKind
        /// Where it lies.
        public var range: AddressRange

        /// Describes a range.
        public init(kind: BankKind, range: AddressRange) {
            self.kind = kind
            self.range = range
        }
    }

    /// An access to RAM that is not there, in one way or another.
    public struct OutsideAccess: Sendable, Equatable, Codable {
        /// The bytes that were asked for.
        public var range: AddressRange
        /// Whether they should have been written.
        public var isWrite: Bool
        /// What was there instead of RAM; nil where the bus gives an error and the real board aborts.
        public var found: BankKind?
    }

    private struct Bank {
        var description: BankDescription
        var region: Region?
    }

    private var banks: [Bank]
    /// Who wrote what, by address.
    public private(set) var provenance = ProvenanceMap()
    /// Accesses that did not reach RAM, the first thousand of them, in the order they happened.
    public private(set) var outsideAccesses: [OutsideAccess] = []

    /// Reserves the banks; throws if two of them overlap or the system refuses the reservation.
    public init(banks descriptions: [BankDescription]) throws(MemoryFault) {
        let sorted = descriptions.sorted { $0.range.start < $1.range.start }
        banks = []
        for description in sorted {
            if let last = banks.last, last.description.range.intersects(description.range) {
                throw MemoryFault(range: description.range, isWrite: false, reason: .bankOverlap)
            }
            let region: Region?
            if description.kind == .bus {
                region = nil
            } else {
                guard let count = Int(exactly: description.range.size), let reserved = Region(count: count) else {
                    throw MemoryFault(range: description.range, isWrite: false, reason: .refused)
                }
                region = reserved
            }
            banks.append(Bank(description: description, region: region))
        }
    }

    /// The banks in the order of their addresses.
    public var bankDescriptions: [BankDescription] { banks.map(\.description) }

    /// The RAM banks in the order of their addresses.
    public var ram: [AddressRange] { bankDescriptions.filter { $0.kind == .ram }.map(\.range) }

    /// How many bytes of memory of one bank begin at an address; 0 where there is none.
    public func available(at address: Address) -> UInt64 {
        guard let bank = bank(at: address), bank.region != nil else { return 0 }
        return bank.description.range.end - address
    }

    /// Whether all of a range is RAM of one bank.
    public func isRAM(_ range: AddressRange) -> Bool { ram.contains { $0.contains(range) } }

    /// The number of a writer, for the functions that write.
    public func identify(_ writer: Provenance) -> Provenance.ID { provenance.identify(writer) }

    // MARK: Reading

    /// The bytes of a range for the time of the call; throws where the range leaves its bank.
    public func withBytes<Result, Failure: Error>(
        _ range: AddressRange, _ body: (RawSpan) throws(Failure) -> Result
    ) throws -> Result {
        let (region, offset, count) = try locate(range, isWrite: false)
        return try region.withBytes(offset, count, body)
    }

    /// A copy of the bytes of a range; bus windows read as ones.
    public func read(_ range: AddressRange) throws(MemoryFault) -> [UInt8] {
        guard range.size > 0 else { return [] }
        if let bank = bank(at: range.start), bank.description.kind != .ram {
            note(range, isWrite: false, found: bank.description.kind)
            if bank.region == nil, bank.description.range.contains(range) {
                return [UInt8](repeating: 0xff, count: Int(range.size))
            }
        }
        let (region, offset, count) = try locate(range, isWrite: false)
        return region.copy(offset, count)
    }

    /// A little-endian number of 1, 2, 4 or 8 bytes.
    public func number(at address: Address, byteCount: Int) throws(MemoryFault) -> UInt64 {
        let bytes = try read(AddressRange(start: address, size: UInt64(byteCount)))
        return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The bytes from an address up to the first NUL, at most `limit` of them.
    public func cString(at address: Address, limit: Int = 1 << 20) throws(MemoryFault) -> ByteString {
        var bytes: [UInt8] = []
        var next = address
        while bytes.count < limit {
            let chunk = try read(AddressRange(start: next, size: max(1, min(256, available(at: next)))))
            if let end = chunk.firstIndex(of: 0) { return ByteString(bytes + chunk[..<end]) }
            bytes += chunk
            next = next + UInt64(chunk.count)
        }
        return ByteString(bytes)
    }

    // MARK: Writing

    /// The bytes of a range for changing in place; throws where the range leaves its bank or is no RAM.
    public func withMutableBytes<Result, Failure: Error>(
        _ range: AddressRange, by writer: Provenance.ID?, _ body: (inout MutableRawSpan) throws(Failure) -> Result
    ) throws -> Result {
        let (region, offset, count) = try locate(range, isWrite: true)
        if let writer { provenance.record(range, by: writer) }
        return try region.withMutableBytes(offset, count, body)
    }

    /// Stores bytes; outside of RAM they are dropped where something is there, and a fault where nothing is.
    public func write(
        _ bytes: some Collection<UInt8>, at address: Address, by writer: Provenance.ID
    ) throws(MemoryFault) {
        let range = AddressRange(start: address, size: UInt64(bytes.count))
        guard range.size > 0, try isWritable(range) else { return }
        let (region, offset, _) = try locate(range, isWrite: true)
        region.store(bytes, at: offset)
        provenance.record(range, by: writer)
    }

    /// Fills a range with one byte value.
    public func fill(_ range: AddressRange, with byte: UInt8, by writer: Provenance.ID) throws(MemoryFault) {
        guard range.size > 0, try isWritable(range) else { return }
        let (region, offset, count) = try locate(range, isWrite: true)
        region.fill(offset, count: count, with: byte)
        provenance.record(range, by: writer)
    }

    /// Copies bytes from one place to another as `memmove` does.
    public func move(from source: Address, to destination: AddressRange, by writer: Provenance.ID) throws(MemoryFault) {
        guard destination.size > 0 else { return }
        let from = AddressRange(start: source, size: destination.size)
        let target = try locate(destination, isWrite: true)
        let origin = try locate(from, isWrite: false)
        if origin.region === target.region {
            target.region.move(from: origin.offset, to: target.offset, count: target.count)
        } else {
            target.region.store(try read(from), at: target.offset)
        }
        provenance.record(destination, by: writer)
    }

    /// Copies bytes from the first to the last as U-Boot's `memcpy` does: where the target begins inside the source, what
    /// was copied is copied again.
    func copyForward(from source: Address, to destination: AddressRange, by writer: Provenance.ID) throws(MemoryFault) {
        let distance = destination.start - source
        guard distance > 0, distance < destination.size else {
            return try move(from: source, to: destination, by: writer)
        }
        guard try isWritable(destination) else { return }
        _ = try locate(destination, isWrite: true)
        var done: UInt64 = 0
        while done < destination.size {
            // What lies between the source and here repeats every `distance` bytes.
            let count = min(distance + done, destination.size - done)
            try move(from: source, to: AddressRange(start: destination.start + done, size: count), by: writer)
            done += count
        }
    }

    /// Puts a part of an open file into RAM without copying it where addresses allow; returns the bytes that arrived.
    func load(
        descriptor: Int32, from fileOffset: Int, into range: AddressRange, by writer: Provenance.ID
    ) throws(MemoryFault) -> Int {
        guard range.size > 0 else { return 0 }
        let (region, offset, count) = try locate(range, isWrite: true)
        let loaded = region.load(descriptor: descriptor, from: fileOffset, count: count, at: offset)
        provenance.record(AddressRange(start: range.start, size: UInt64(loaded)), by: writer)
        return loaded
    }

    /// Stores bytes in RAM and leaves it attributed to whoever brought what was there.
    func replace(_ range: AddressRange, with bytes: [UInt8]) {
        guard let (region, offset, _) = try? locate(range, isWrite: true) else { return }
        region.store(bytes.prefix(Int(range.size)), at: offset)
    }

    /// Notes who wrote a range that was changed in place.
    func attribute(_ range: AddressRange, to writer: Provenance.ID) { provenance.record(range, by: writer) }

    /// Gives read-only memory or RAM its first content, before anything runs.
    public func preset(_ bytes: some Collection<UInt8>, at address: Address) throws(MemoryFault) {
        guard let bank = bank(at: address), let region = bank.region,
            bank.description.range.contains(AddressRange(start: address, size: UInt64(bytes.count)))
        else { throw MemoryFault(range: AddressRange(start: address, size: UInt64(bytes.count)), isWrite: true) }
        region.store(bytes, at: Int(address - bank.description.range.start))
    }

    // MARK: Finding

    private func bank(at address: Address) -> Bank? {
        banks.first { $0.description.range.contains(address) }
    }

    private func locate(
        _ range: AddressRange, isWrite: Bool
    ) throws(MemoryFault) -> (region: Region, offset: Int, count: Int) {
        guard let bank = bank(at: range.start), let region = bank.region,
            range.size == 0 || bank.description.range.contains(range),
            !isWrite || bank.description.kind == .ram
        else {
            note(range, isWrite: isWrite, found: bank(at: range.start)?.description.kind)
            throw MemoryFault(range: range, isWrite: isWrite)
        }
        return (region, Int(range.start - bank.description.range.start), Int(range.size))
    }

    private func isWritable(_ range: AddressRange) throws(MemoryFault) -> Bool {
        let kind = bank(at: range.start)?.description.kind
        if kind == .ram { return true }
        note(range, isWrite: true, found: kind)
        guard kind != nil else { throw MemoryFault(range: range, isWrite: true) }
        return false
    }

    private func note(_ range: AddressRange, isWrite: Bool, found: BankKind?) {
        guard outsideAccesses.count < 1000 else { return }
        outsideAccesses.append(OutsideAccess(range: range, isWrite: isWrite, found: found))
    }
}

/// An access that the board answers with a bus error.
public struct MemoryFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of refusal it is.
    public enum Reason: Sendable, Equatable {
        /// No memory there, or the range leaves its bank.
        case unmapped
        /// Two banks of the board share addresses.
        case bankOverlap
        /// The system that runs ibtest does not give that much address space.
        case refused
    }

    /// The bytes that were asked for.
    public var range: AddressRange
    /// Whether they should have been written.
    public var isWrite: Bool
    /// Why it failed.
    public var reason: Reason = .unmapped

    /// The sentence without a place.
    public var description: String {
        switch reason {
        case .unmapped: "no memory at \(range)"
        case .bankOverlap: "the memory bank \(range) overlaps another one"
        case .refused: "cannot reserve \(range.size) bytes of address space for the memory bank \(range)"
        }
    }
}
