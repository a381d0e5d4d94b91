import BootImages
import DeviceTree

/// What U-Boot's UEFI part remembers of loaded files, and the pages right below U-Boot that it takes for that.
///
/// Follows `efi_set_bootdev`: of programs and FITs it keeps where they came from. Each piece of that takes a page, and
/// one of them is never given back.
struct FirmwareMemory {
    /// The last file that was loaded and is a program for UEFI.
    var program: (range: AddressRange, file: ByteString)?
    /// Whether UEFI has said what it says once.
    var hasStarted = false
    /// The pages of what is remembered now.
    fileprivate var remembered: [Address] = []
    /// All pages that are in use, in releases where UEFI has a memory map of its own.
    fileprivate var taken: [Address] = []
}

extension Machine {
    private static let pageByteCount: UInt64 = 0x1000

    /// What must not be loaded to: U-Boot, and what its UEFI part has taken.
    var occupied: [AddressRange] {
        guard release < .v2024_10, !firmware.taken.isEmpty else { return reserved }
        // The map itself takes a page whenever U-Boot looks at it.
        let pages = firmware.taken + [freePage].compactMap(\.self)
        let size = Self.pageByteCount
        var ranges = reserved
        for page in pages.sorted(by: >) where !reserved.contains(where: { $0.contains(page) }) {
            if let index = ranges.indices.last, ranges[index].start == page + size {
                ranges[index] = AddressRange(start: page, size: ranges[index].size + size)
            } else {
                ranges.insert(AddressRange(start: page, size: size), at: max(0, ranges.count - 1))
            }
        }
        return ranges
    }

    /// The highest page that UEFI may take; the first one below U-Boot is what its map takes when it is looked at.
    private var freePage: Address? {
        guard let start = reserved.last?.start, start.value > Self.pageByteCount else { return nil }
        var page = start.aligned(down: Self.pageByteCount)
        while firmware.taken.contains(page) {
            guard page.value > Self.pageByteCount else { return nil }
            page = Address(page.value - Self.pageByteCount)
        }
        return page
    }

    /// Takes a page for UEFI; nil if there is none.
    mutating func takePage() -> Address? {
        let size = Self.pageByteCount
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

    private mutating func give(_ page: Address) {
        if release >= .v2024_10 {
            memoryMap.free(AddressRange(start: page, size: Self.pageByteCount))
        } else {
            firmware.taken.removeAll { $0 == page }
        }
    }

    private mutating func forgetProgram() {
        for page in firmware.remembered { give(page) }
        firmware.remembered = []
        firmware.program = nil
    }

    /// Remembers a file that was loaded, if it is a program for UEFI or a FIT.
    mutating func remember(_ file: ByteString, in range: AddressRange) {
        guard commands.has("bootefi") else { return }
        if let last = firmware.program?.range, range.end >= last.start, last.end >= range.start { forgetProgram() }
        let isProgram = isEFIProgram(range)
        guard isProgram || isFIT(range) else { return }
        forgetProgram()
        if isProgram { firmware.program = (range, file) }
        // The device, then the whole path, which is split into a device that is never given back and a name.
        guard let device = takePage(), let whole = takePage(), takePage() != nil, let name = takePage() else { return }
        give(whole)
        firmware.remembered = [device, name]
    }

    /// Whether a range begins as a PE file does.
    func isEFIProgram(_ range: AddressRange) -> Bool {
        let (dosHeader, peHeader): (UInt64, UInt64) = (64, 248)
        guard range.size >= dosHeader,
            let head = try? memory.read(AddressRange(start: range.start, size: dosHeader)),
            head.starts(with: Array("MZ".utf8))
        else { return false }
        let place = head[60..<64].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard range.size >= place + peHeader else { return false }
        return (try? memory.read(AddressRange(start: range.start + place, size: 4))) == Array("PE\0\0".utf8)
    }

    private func isFIT(_ range: AddressRange) -> Bool {
        (try? fit(at: range.start)) != nil
    }
}
