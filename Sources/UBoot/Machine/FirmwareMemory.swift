import BootImages
import DeviceTree

/// What U-Boot's UEFI part remembers of loaded files, and the pages right below U-Boot that it takes for that.
///
/// Follows `efi_set_bootdev`: of programs and FITs it keeps where they came from. Each piece of that takes a page, and
/// one of them is never given back.
struct FirmwareMemory {
    /// Where the last file lies that was loaded and is a program for UEFI.
    var program: AddressRange?
    /// The name of the last file that was loaded and is such a program or a FIT.
    var file: ByteString?
    /// Whether UEFI has said what it says once.
    var hasStarted = false
    /// The device tree that it has for programs.
    var tree: Tree?
    /// Where its trees lie, in releases where UEFI has a memory map of its own.
    fileprivate var trees: [AddressRange] = []
    /// The pages of what is remembered now.
    fileprivate var remembered: [Address] = []
    /// All pages that are in use, in releases where UEFI has a memory map of its own.
    fileprivate var taken: [Address] = []

    static let pageByteCount: UInt64 = 0x1000
    /// How many pages a program that cannot be loaded leaves in use.
    fileprivate static let refusedProgramPageCount = 3
    /// How far behind the start of RAM a tree ends in older releases, where there is room.
    fileprivate static let treeOffset: UInt64 = 0x7f0_0000

    /// How many pages UEFI has in use once it has started, as counted on Debian's `qemu_arm64`.
    static func startPageCount(_ release: Release) -> Int { release >= .v2025_01 ? 40 : 14 }

    /// A device tree for programs.
    struct Tree {
        /// Where the one lies that it was made of.
        var source: Address
        /// Where it lies.
        var copy: Address
    }
}

extension Machine {
    /// What must not be loaded to: U-Boot, and what its UEFI part has taken.
    var occupied: [AddressRange] {
        guard release < .v2024_10, !firmware.taken.isEmpty || !firmware.trees.isEmpty else { return reserved }
        // The map itself takes a page whenever U-Boot looks at it.
        let pages = firmware.taken + [freePage].compactMap(\.self)
        let size = FirmwareMemory.pageByteCount
        var ranges = reserved
        for page in pages.sorted(by: >) where !reserved.contains(where: { $0.contains(page) }) {
            if let index = ranges.indices.last, ranges[index].start == page + size {
                ranges[index] = AddressRange(start: page, size: ranges[index].size + size)
            } else {
                ranges.insert(AddressRange(start: page, size: size), at: max(0, ranges.count - 1))
            }
        }
        return ranges + firmware.trees
    }

    /// The highest page that UEFI may take; the first one below U-Boot is what its map takes when it is looked at.
    private var freePage: Address? {
        guard let start = reserved.last?.start, start.value > FirmwareMemory.pageByteCount else { return nil }
        var page = start.aligned(down: FirmwareMemory.pageByteCount)
        while firmware.taken.contains(page) {
            guard page.value > FirmwareMemory.pageByteCount else { return nil }
            page = Address(page.value - FirmwareMemory.pageByteCount)
        }
        return page
    }

    /// Takes a page for UEFI; nil if there is none.
    mutating func takePage() -> Address? {
        let size = FirmwareMemory.pageByteCount
        guard release < .v2024_10 else { return memoryMap.allocate(size, alignment: size, below: 0, as: .own) }
        guard let page = freePage else { return nil }
        firmware.taken.append(page)
        return page
    }

    /// Takes pages for good.
    mutating func takePages(_ count: Int) {
        guard commands.has("bootefi") else { return }
        for _ in 0..<count where takePage() == nil { return }
    }

    /// Takes what a program that cannot be loaded leaves in use; one more page comes back in the end.
    mutating func takePagesOfRefusedProgram() {
        let path = takePage()
        takePages(FirmwareMemory.refusedProgramPageCount)
        if let path { give(path) }
    }

    /// Takes room for a tree, which is as large as given, in whole pages.
    mutating func takeTreeRoom(_ size: UInt64) -> Address? {
        let alignment = FirmwareMemory.pageByteCount
        if release >= .v2024_10 { return memoryMap.allocate(size, alignment: alignment, below: 0, as: .own) }
        let start = memory.ram.map(\.start.value).min() ?? 0
        var free = MemoryAllocator(banks: memory.ram, reserved: occupied)
        let wanted = free.allocate(size, alignment: alignment, below: start &+ FirmwareMemory.treeOffset &+ size)
        guard let base = wanted ?? free.allocate(size, alignment: alignment, below: 0) else { return nil }
        firmware.trees.append(AddressRange(start: base, size: size))
        return base
    }

    private mutating func give(_ page: Address) {
        if release >= .v2024_10 {
            memoryMap.free(AddressRange(start: page, size: FirmwareMemory.pageByteCount))
        } else {
            firmware.taken.removeAll { $0 == page }
        }
    }

    /// Makes UEFI forget what was loaded.
    mutating func forgetProgram() {
        for page in firmware.remembered { give(page) }
        firmware.remembered = []
        firmware.program = nil
        firmware.file = nil
    }

    /// Remembers a file that was loaded, if it is a program for UEFI or a FIT.
    mutating func remember(_ file: ByteString, in range: AddressRange) {
        guard commands.has("bootefi") else { return }
        if let last = firmware.program, range.end >= last.start, last.end >= range.start { forgetProgram() }
        let isProgram = isEFIProgram(range)
        guard isProgram || isFIT(range) else { return }
        forgetProgram()
        if isProgram { firmware.program = range }
        firmware.file = file
        // The device, then the whole path, which is split into a device that is never given back and a name.
        guard let device = takePage(), let whole = takePage(), takePage() != nil, let name = takePage() else { return }
        give(whole)
        firmware.remembered = [device, name]
    }

    /// Whether a range begins as a PE file does.
    private func isEFIProgram(_ range: AddressRange) -> Bool { peHeader(range) != nil }

    /// Where the header of a PE file lies behind its start; nil if the range holds none.
    func peHeader(_ range: AddressRange) -> UInt64? {
        let (dosHeader, peHeader): (UInt64, UInt64) = (64, 248)
        guard range.size >= dosHeader,
            let head = try? memory.read(AddressRange(start: range.start, size: dosHeader)),
            head.starts(with: Array("MZ".utf8))
        else { return nil }
        let place = head[60..<64].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard range.size >= place + peHeader,
            (try? memory.read(AddressRange(start: range.start + place, size: 4))) == Array("PE\0\0".utf8)
        else { return nil }
        return place
    }

    private func isFIT(_ range: AddressRange) -> Bool {
        (try? fit(at: range.start)) != nil
    }
}
