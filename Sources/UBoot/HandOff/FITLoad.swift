import BootImages
import DeviceTree

/// Takes one image out of a FIT for a boot, as all boot commands do it.
struct FITLoad {
    /// What is done about an image's load address.
    enum LoadAddress {
        /// The image stays where it is; a kernel is put into its place later.
        case ignored
        /// The image goes there if it is given.
        case optional
        /// The same, but 0 counts as not given.
        case optionalNonZero
    }

    /// An image that was taken.
    struct Found {
        var component: FITComponent
        var data: AddressRange
        var configuration: [UInt8]?
    }

    /// Where the FIT lies.
    let address: Address
    /// The image asked for by name; nil to take it from the configuration.
    var image: [UInt8]?
    /// The configuration asked for; nil for the one that fits the board best, or the default.
    var configuration: [UInt8]?
    /// What it has to be.
    let type: LegacyImageType
    let load: LoadAddress

    /// What a configuration and U-Boot's messages call an image of a type; nil for `loadables`.
    private var property: String {
        switch type {
        case .kernel: "kernel"
        case .ramdisk: "ramdisk"
        case .flatDeviceTree: "fdt"
        default: "loadables"
        }
    }

    /// Finds, checks and loads the image; throws U-Boot's negative error number after it has said what is wrong.
    func run(_ call: CommandCall, _ machine: inout Machine) throws -> Found {
        machine.print("## Loading \(property) from FIT Image at \(hex: address.value, width: 8) ...\n")
        let fit: FITInMemory
        do {
            fit = try machine.fit(at: address)
        } catch let error as FITFormatError {
            machine.print("Bad FIT \(property) image format! (err=\(error.rawValue))\n")
            if error == .unitAddress {
                machine.print("Signature checking prevents use of unit addresses (@) in nodes\n")
            }
            throw FITLoadFailure(code: error.rawValue)
        }
        let (component, used) = try choose(fit, &machine)
        machine.print("   Trying '\(ByteString(component.name))' \(property) subimage\n")
        machine.print(ByteString(fit.image.report(of: component, at: address.value)))
        try verify(component, fit, &machine)
        try checkKind(component, &machine)
        guard let data = fit.data(of: component) else {
            machine.print("Could not find \(property) subimage data!\n")
            throw FITLoadFailure(code: -2)
        }
        let placed = try place(component, data, fit, call, &machine)
        if type == .flatDeviceTree, try machine.checkTree(at: placed.start) != nil {
            machine.print("Subimage data is not a FDT")
            throw FITLoadFailure(code: -8)
        }
        return Found(component: component, data: placed, configuration: configuration ?? used)
    }

    private func choose(
        _ fit: FITInMemory, _ machine: inout Machine
    ) throws -> (component: FITComponent, configuration: [UInt8]?) {
        if let image {
            guard let component = fit.image.image(image) else { throw missing(image, &machine) }
            return (component, nil)
        }
        guard let node = try FITConfigurationChoice(fit: fit).node(named: configuration, machine) else {
            machine.print("Could not find configuration node\n")
            machine.note(fit: .missing, ByteString(configuration ?? []), at: address, detail: "configuration")
            throw FITLoadFailure(code: -2)
        }
        machine.print("   Using '\(ByteString(node.name))' configuration\n")
        if machine.boot.verifies, machine.description.images.verifiesSignatures {
            machine.print("   Verifying Hash Integrity ... ")
            guard try FITVerification(fit: fit).verify(configuration: node, &machine) else {
                machine.print("Bad Data Hash\n")
                throw FITLoadFailure(code: -13)
            }
            machine.print("OK\n")
        }
        let name = node.text(property)
        guard let component = name.flatMap({ fit.image.image($0) }) else { throw missing(name, &machine) }
        return (component, node.name)
    }

    private func missing(_ name: [UInt8]?, _ machine: inout Machine) -> FITLoadFailure {
        machine.note(fit: .missing, ByteString(name ?? Array(property.utf8)), at: address, detail: "image")
        machine.print("Could not find subimage node type '\(property)'\n")
        return FITLoadFailure(code: -2)
    }

    private func verify(_ component: FITComponent, _ fit: FITInMemory, _ machine: inout Machine) throws {
        guard machine.boot.verifies else { return }
        machine.print("   Verifying Hash Integrity ... ")
        guard try FITVerification(fit: fit).verify(component, &machine) else {
            machine.print("Bad Data Hash\n")
            throw FITLoadFailure(code: -13)
        }
        machine.print("OK\n")
    }

    private func checkKind(_ component: FITComponent, _ machine: inout Machine) throws {
        machine.boot.os.architecture = component.architecture
        guard property != "loadables" else { return }
        let found = component.type
        let hasType =
            found == type || found == .firmware || found == .tee || (type == .kernel && found == .kernelNoLoad)
        let systems: [LegacyImageOS] = [.linux, .uBoot, .tee, .openRTOS, .efi, .vxWorks]
        guard hasType, type == .flatDeviceTree || systems.contains(component.os) else {
            let vocabulary = machine.release.vocabulary
            let architecture = machine.description.images.architecture.imageArchitecture.description
            machine.print("No \(component.os.name(vocabulary)) \(architecture) \(type.name(vocabulary)) Image\n")
            throw FITLoadFailure(code: -5)
        }
    }

    private func place(
        _ component: FITComponent, _ data: AddressRange, _ fit: FITInMemory, _ call: CommandCall,
        _ machine: inout Machine
    ) throws -> AddressRange {
        var target = data.start
        if load != .ignored {
            switch component.address("load") {
            case .missing: break
            case .tooLong: machine.print("Unsupported load address size\n")
            case .value(let value) where value != 0 || load == .optional:
                target = Address(value)
                let end = fit.address + UInt64(fit.image.totalByteCount)
                if type != .kernel, target < end, target + data.size > fit.address {
                    machine.print("Error: \(property) overwritten\n")
                    throw FITLoadFailure(code: -18)
                }
                machine.print(
                    "   Loading \(property) from 0x\(hex: data.start.value, width: 8) "
                        + "to 0x\(hex: target.value, width: 8)\n")
            case .value: break
            }
        }
        let hasCompression = component.node.property("compression") != nil && component.compression != .none
        if hasCompression, ![.kernel, .kernelNoLoad, .ramdisk].contains(type) {
            return try unpack(component, data, to: target, call, &machine)
        }
        if target != data.start {
            try machine.copy(from: data.start, to: AddressRange(start: target, size: data.size), call)
        }
        if type == .ramdisk, hasCompression {
            machine.print(
                "WARNING: 'compression' nodes for ramdisks are deprecated, please fix your .its file!\n")
        }
        return AddressRange(start: target, size: data.size)
    }

    private func unpack(
        _ component: FITComponent, _ data: AddressRange, to target: Address, _ call: CommandCall,
        _ machine: inout Machine
    ) throws -> AddressRange {
        let room = data.size &* 20
        let place = target == data.start ? machine.boot.takeHeap(room, of: machine.description) : target
        machine.printPlacing(component.compression, type, to: place, isInPlace: false)
        let result = try machine.decompress(component.compression, data, to: place, room: room, call)
        guard result.code == 0 else {
            machine.print("Error decompressing \(property)\n")
            throw FITLoadFailure(code: -8)
        }
        return AddressRange(start: place, size: result.byteCount)
    }
}

/// U-Boot's negative error number of an image that could not be taken.
struct FITLoadFailure: Error {
    var code: Int
}

extension BootState {
    /// Where U-Boot's own memory gives a large buffer during a boot.
    ///
    /// Divergence: the real address depends on everything U-Boot did before.
    mutating func takeHeap(_ byteCount: UInt64, of board: MachineDescription) -> Address {
        let start = board.reserved.last.map { Address($0.start.value + 0x10_0000) } ?? 0
        defer { heapByteCount += (byteCount + 0xfff) & ~0xfff }
        return start + heapByteCount
    }
}
