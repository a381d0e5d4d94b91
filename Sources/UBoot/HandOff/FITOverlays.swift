import BootImages
import DeviceTree

/// The further trees of a configuration, and those of configurations behind a `#`, which go over its first tree.
struct FITOverlays {
    /// How the first tree was asked for.
    let load: FITLoad
    /// The first tree.
    let found: FITLoad.Found

    /// An overlay to be taken: an image by its name, or the first tree of a configuration.
    private struct Source {
        var image: [UInt8]?
        var configuration: [UInt8]?
    }

    private static let numberSign = UInt8(ascii: "#")
    private static let badFile = -9

    /// Merges them where the board can; throws `FITLoadFailure` after saying what is wrong.
    ///
    /// An overlay that cannot be taken out of the FIT is left out.
    func apply(_ call: CommandCall, _ machine: inout Machine) throws {
        let sources = try sources(machine)
        guard !sources.isEmpty else { return }
        guard machine.description.fdtFeatures.contains("apply") else {
            machine.print("config with overlays but CONFIG_OF_LIBFDT_OVERLAY not set\n")
            throw FITLoadFailure(code: Self.badFile)
        }
        let fit = try machine.fit(at: load.address)
        let end = load.address + UInt64(fit.image.totalByteCount)
        guard found.data.start < load.address || found.data.start >= end else {
            machine.print("Overlayed FDT requires relocation\n")
            throw FITLoadFailure(code: Self.badFile)
        }
        var size = found.data.size
        for source in sources { try merge(source, &size, call, &machine) }
    }

    /// All of them in the order in which they are merged.
    private func sources(_ machine: Machine) throws -> [Source] {
        guard let image = try? machine.fit(at: load.address).image else { return [] }
        // A tree asked for by its own name has no configuration, and then the default one counts.
        let first = found.configuration.map { Array($0.prefix { $0 != Self.numberSign }) }
        var sources = others(of: first, image)
        let further = load.configuration?.split(separator: Self.numberSign, omittingEmptySubsequences: false)
        for name in further?.dropFirst() ?? [] {
            sources.append(Source(configuration: Array(name)))
            sources += others(of: Array(name), image)
        }
        return sources
    }

    /// The trees of a configuration behind the first one.
    private func others(of configuration: [UInt8]?, _ image: FITImage) -> [Source] {
        let names = image.configuration(configuration)?.property("fdt")?.texts ?? []
        return names.dropFirst().map { name in
            // One that is not there leaves U-Boot without a name, and it takes the configuration that fits best.
            Source(image: image.image(name) == nil ? nil : name)
        }
    }

    private func merge(
        _ source: Source, _ size: inout UInt64, _ call: CommandCall, _ machine: inout Machine
    ) throws {
        let overlay: AddressRange
        do {
            overlay = try FITLoad(
                address: load.address, image: source.image, configuration: source.configuration,
                type: .flatDeviceTree, load: .ignored
            ).run(call, &machine).data
        } catch is FITLoadFailure {
            machine.print("load of \(source.image.map { ByteString($0) } ?? "<NULL>") failed\n")
            return
        }
        let base = found.data.start
        let total = try machine.treeHeader(at: overlay.start).totalSize
        let bytes = try machine.memory.read(AddressRange(start: overlay.start, size: UInt64(total)))
        var copy = [UInt8](repeating: 0, count: (bytes.count + 0xfff) & ~0xfff)
        try attempt("failed on fdt_open_into for DTO", &machine) { _ in
            let room = copy.count
            try FlattenedTree.withMutableBytes(of: &copy) { try FlattenedTree.open(bytes, into: &$0, size: room) }
        }
        let room = size + overlay.size
        try attempt("failed on fdt_open_into", &machine) { machine in
            try machine.editTree(at: base, room: room) {
                try FlattenedTree.openInPlace(size: Int(truncatingIfNeeded: UInt32(truncatingIfNeeded: room)), in: &$0)
            }
        }
        if let error = try machine.mergeOverlay(&copy, into: base) { throw FITLoadFailure(code: Int(error.code)) }
        try machine.editTree(at: base) { try FlattenedTree.pack(in: &$0) }
        size = UInt64(try machine.treeHeader(at: base).totalSize)
    }

    private func attempt(
        _ complaint: ByteString, _ machine: inout Machine, _ body: (inout Machine) throws -> Void
    ) throws {
        do {
            try body(&machine)
        } catch let error as FDTError {
            machine.print("\(complaint)\n")
            throw FITLoadFailure(code: Int(error.code))
        }
    }
}
