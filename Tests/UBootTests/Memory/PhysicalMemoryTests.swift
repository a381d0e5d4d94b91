import Testing

@testable import UBoot

struct PhysicalMemoryTests {
    private static let banks: [PhysicalMemory.BankDescription] = [
        .init(kind: .ram, range: AddressRange(start: 0x10000, size: 0x10000)),
        .init(kind: .rom, range: AddressRange(start: 0, size: 0x1000)),
        .init(kind: .bus, range: AddressRange(start: 0x1000, size: 0x1000)),
        .init(kind: .ram, range: AddressRange(start: 0x20000, size: 0x1000)),
    ]

    private func memory() throws -> (memory: PhysicalMemory, writer: Provenance.ID) {
        let memory = try PhysicalMemory(banks: Self.banks)
        return (memory, memory.identify(Provenance(source: .command("test"), place: nil)))
    }

    @Test func whatIsWrittenIsRead() throws {
        let (memory, writer) = try memory()
        try memory.write([1, 2, 3, 4, 5, 6, 7, 8], at: 0x10ff0, by: writer)
        #expect(try memory.read(AddressRange(start: 0x10ff2, size: 3)) == [3, 4, 5])
        #expect(try memory.number(at: 0x10ff0, byteCount: 8) == 0x0807_0605_0403_0201)
        #expect(try memory.number(at: 0x10ff1, byteCount: 2) == 0x0302)
        #expect(try memory.read(AddressRange(start: 0x1fff0, size: 16)) == [UInt8](repeating: 0, count: 16))
    }

    @Test(
        arguments: [
            (0x1fff0, 0x11), (0x9000, 1), (0x21000, 1), (0xffff, 2), (0x10000, .max), (.max, 1), (.max, .max),
            (0x1800, 0x801), (0xff0, 0x11), (0x1fff0, 0x20),
        ] as [(UInt64, UInt64)])
    func rangesOutsideOfABankFault(_ start: UInt64, _ size: UInt64) throws {
        let (memory, _) = try memory()
        let range = AddressRange(start: Address(start), size: size)
        #expect(throws: MemoryFault(range: range, isWrite: false)) { try memory.read(range) }
        #expect(throws: MemoryFault.self) { try memory.move(from: 0x10000, to: range, by: 0) }
    }

    @Test func readOnlyMemoryKeepsItsContent() throws {
        let (memory, writer) = try memory()
        try memory.preset([9], at: 5)
        try memory.write([1], at: 5, by: writer)
        try memory.fill(AddressRange(start: 0, size: 16), with: 1, by: writer)
        #expect(try memory.read(AddressRange(start: 5, size: 1)) == [9])
        #expect(memory.outsideAccesses.filter(\.isWrite).map(\.found) == [.rom, .rom])
        #expect(memory.provenance.extents.isEmpty)
    }

    @Test func aBusReadsAsOnes() throws {
        let (memory, writer) = try memory()
        try memory.write([0], at: 0x1000, by: writer)
        #expect(try memory.read(AddressRange(start: 0x1000, size: 2)) == [0xff, 0xff])
        #expect(memory.available(at: 0x1000) == 0)
        #expect(memory.available(at: 0x20800) == 0x800)
    }

    @Test func banksMayNotOverlap() {
        let banks = Self.banks + [.init(kind: .ram, range: AddressRange(start: 0x1ffff, size: 1))]
        #expect(throws: MemoryFault.self) { try PhysicalMemory(banks: banks) }
        #expect(throws: MemoryFault.self) {
            try PhysicalMemory(banks: [.init(kind: .ram, range: AddressRange(start: 0, size: .max))])
        }
    }

    @Test func stringsEndAtANUL() throws {
        let (memory, writer) = try memory()
        try memory.write([UInt8](repeating: 0x61, count: 300) + [0, 0x62], at: 0x10000, by: writer)
        #expect(try memory.cString(at: 0x10000).count == 300)
        #expect(try memory.cString(at: 0x10000, limit: 256).count == 256)
        try memory.write([0x61], at: 0x20fff, by: writer)
        #expect(throws: MemoryFault.self) { try memory.cString(at: 0x20fff) }
    }

    @Test(
        arguments: [(0, 4, 8), (4, 0, 8), (0, 0, 8), (0, 1, 9), (0, 7, 32), (0, 16, 16)] as [(UInt64, UInt64, UInt64)])
    func copiesGoFromFrontToBack(_ source: UInt64, _ target: UInt64, _ size: UInt64) throws {
        let (memory, writer) = try memory()
        let start: Address = 0x10000
        try memory.write((0..<64).map { UInt8($0) }, at: start, by: writer)
        var plain = (0..<64).map { UInt8($0) }
        for index in 0..<Int(size) { plain[Int(target) + index] = plain[Int(source) + index] }
        try memory.copyForward(from: start + source, to: AddressRange(start: start + target, size: size), by: writer)
        #expect(try memory.read(AddressRange(start: start, size: 64)) == plain)
        try memory.write((0..<64).map { UInt8($0) }, at: start, by: writer)
        try memory.move(from: start + source, to: AddressRange(start: start + target, size: size), by: writer)
        #expect(try memory.number(at: start + target + (size - 1), byteCount: 1) == source + size - 1)
    }

    @Test func filesArePutIntoPlace() throws {
        let (memory, writer) = try memory()
        let file = try TestServer(files: ["f": TestServer.counting(3000)]).open("f")
        let range = AddressRange(start: 0x10010, size: 4000)
        let count = try memory.load(descriptor: file.descriptor, from: 0, into: range, by: writer)
        file.close()
        #expect(count == 3000)
        #expect(try memory.read(AddressRange(start: 0x10010, size: 3000)) == TestServer.counting(3000))
        #expect(memory.provenance.extents.map(\.range.size) == [3000])
    }

    @Test func largeFilesAreMappedAndStayPrivate() throws {
        let machine = try TestBoard.machine()
        let writer = machine.memory.identify(Provenance(source: .file("f"), place: nil))
        let bytes = TestServer.counting((1 << 20) + 5000)
        let file = try TestServer(files: ["f": bytes]).open("f")
        defer { file.close() }
        let range = AddressRange(start: 0x5000_0000, size: UInt64(bytes.count))
        #expect(try machine.memory.load(descriptor: file.descriptor, from: 0, into: range, by: writer) == bytes.count)
        #expect(try machine.memory.read(range) == bytes)
        try machine.memory.write([0xee], at: 0x5000_0000, by: writer)
        let other = AddressRange(start: 0x6000_0000, size: 1 << 20)
        _ = try machine.memory.load(descriptor: file.descriptor, from: 0, into: other, by: writer)
        #expect(try machine.memory.number(at: 0x6000_0000, byteCount: 1) == 0)
    }
}
