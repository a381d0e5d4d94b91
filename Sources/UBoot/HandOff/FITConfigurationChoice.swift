import BootImages
import DeviceTree

/// Which configuration of a FIT is used.
struct FITConfigurationChoice {
    let fit: FITInMemory

    /// The one of that name, of which what follows a `#` counts for overlays only, or else the one that fits best.
    func node(named name: [UInt8]?, _ machine: Machine) throws -> FITNode? {
        if let name { return fit.image.configuration(Array(name.prefix { $0 != UInt8(ascii: "#") })) }
        return machine.description.images.choosesBestMatch ? try best(machine) : fit.image.configuration(nil)
    }

    /// The first configuration whose tree, or own property `compatible`, has the most specific of the names that the
    /// control device tree has; nil if none has any.
    private func best(_ machine: Machine) throws -> FITNode? {
        guard let configurations = fit.image.configurationsNode?.children,
            let names = try machine.controlCompatible()
        else { return nil }
        var found: (node: FITNode, rank: Int)?
        for node in configurations {
            let own: [[UInt8]]
            if let property = node.property("compatible") {
                own = property.texts
            } else {
                guard let name = node.text("fdt") else { continue }
                guard let tree = fit.image.image(name), let data = fit.data(of: tree),
                    tree.node.property("compression") != nil, tree.compression == .none
                else { continue }
                own = compatible(at: data.start, machine)
            }
            guard let rank = names.firstIndex(where: { own.contains($0) }), rank < found?.rank ?? .max else { continue }
            found = (node, rank)
        }
        return found?.node
    }

    private func compatible(at address: Address, _ machine: Machine) -> [[UInt8]] {
        let root = try? machine.readTree(at: address) { FITNode(tree: $0, asFarAsItGoes: true) }
        return root?.property("compatible")?.texts ?? []
    }
}

extension Machine {
    /// What the control device tree says the board is compatible with; nil if it does not.
    fileprivate func controlCompatible() throws -> [[UInt8]]? {
        guard let controlTree else { return nil }
        return try? readTree(at: controlTree) { FITNode(tree: $0, asFarAsItGoes: true) }?.property("compatible")?.texts
    }
}
