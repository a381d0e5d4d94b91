import BootImages

/// Finds the script of a FIT that `source` is asked for.
struct FITScript {
    private let word: ImageWord

    init(_ word: ImageWord) { self.word = word }

    /// Where the script's text is; nil after saying what is wrong.
    func find(at address: Address, _ machine: inout Machine) throws -> AddressRange? {
        let fit: FITInMemory
        do {
            fit = try machine.fit(at: address)
        } catch is FITFormatError {
            machine.print("Bad FIT image format\n")
            return nil
        }
        guard let (component, isNamed) = try component(of: fit, &machine) else { return nil }
        guard component.type == .script else {
            machine.print("Not a image image\n")
            return nil
        }
        if machine.isYes("verify") ?? true, try !FITVerification(fit: fit).verify(component, &machine) {
            machine.print("Bad Data Hash\n")
            return nil
        }
        // Older releases take a script only from inside of the tree.
        let isReachable = machine.release >= .v2023_04 || component.node.property("data") != nil
        guard isReachable, let data = fit.data(of: component) else {
            machine.print("Could not find script subimage data\n")
            return nil
        }
        if isNamed { machine.note(unverified: ByteString(component.name), at: address, by: "source") }
        return data
    }

    /// The script, and whether it is taken by its name and not from a configuration.
    private func component(
        of fit: FITInMemory, _ machine: inout Machine
    ) throws -> (component: FITComponent, isNamed: Bool)? {
        if machine.release >= .v2023_04, word.image == nil {
            switch try configured(fit, &machine) {
            case .found(let component): return (component, false)
            case .refused: return nil
            case .fallBack: break
            }
        }
        let asked = word.image.flatMap { $0.isEmpty && machine.release >= .v2023_04 ? nil : $0.bytes }
        guard let name = asked ?? fit.image.imagesNode?.text("default") else {
            machine.print("No FIT subimage unit name\n")
            return nil
        }
        guard let component = fit.image.image(name) else {
            machine.print("Can't find '\(ByteString(name))' FIT subimage\n")
            machine.note(fit: .missing, ByteString(name), at: fit.address, detail: "image")
            return nil
        }
        return (component, true)
    }

    private enum Choice {
        case found(FITComponent), refused, fallBack
    }

    /// The script of the configuration that is asked for, or of the default one.
    private func configured(_ fit: FITInMemory, _ machine: inout Machine) throws -> Choice {
        let asked = word.configuration
        let name = asked.flatMap { $0.isEmpty ? nil : $0.bytes }
        guard let node = fit.image.configuration(name) else {
            guard let asked else { return .fallBack }
            machine.print("Could not find config \(asked)\n")
            machine.note(fit: .missing, asked, at: fit.address, detail: "configuration")
            return .refused
        }
        if machine.isYes("verify") ?? true, try !FITVerification(fit: fit).verify(configuration: node, &machine) {
            return .refused
        }
        guard let script = node.text("script"), let component = fit.image.image(script) else {
            guard let asked else { return .fallBack }
            machine.print("Could not find script in \(asked)\n")
            return .refused
        }
        return .found(component)
    }
}
