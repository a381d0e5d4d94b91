import BootImages
import DeviceTree

/// The signatures of configurations.
extension FITVerification {
    private static let nodeLimit = 100
    /// Properties of a configuration that name no images.
    private static let silent: Set<[UInt8]> = Set(["description", "compatible", "default"].map { Array($0.utf8) })
    /// Properties that a signature does not cover, because the hashes of the images do.
    private static let uncovered: Set<[UInt8]> = Set(
        ["data", "data-size", "data-position", "data-offset"].map { Array($0.utf8) })

    /// Checks the signatures that the control device tree requires of every configuration; false if one is missing.
    func verify(configuration node: FITNode, _ machine: inout Machine) throws -> Bool {
        guard let signatures = machine.signatureNode else { return true }
        let keys = signatures.children.map { SignatureKey($0) }
        let anyWillDo = signatures.text("required-mode") == Array("any".utf8)
        let required = keys.filter { $0.required == "conf" }
        var isVerified = false
        for key in required {
            if try verify(node, with: key, keys, &machine) {
                isVerified = true
                if anyWillDo { break }
            } else if !anyWillDo {
                machine.print("Failed to verify required signature '\(ByteString(key.name))'\n")
                machine.note(
                    fit: .unsigned, ByteString(node.name), at: fit.address,
                    detail: "no good signature of \(ByteString(key.name).display)")
                return false
            }
        }
        if !required.isEmpty, !isVerified {
            machine.print("Failed to verify 'any' of the required signature(s)\n")
            machine.note(
                fit: .unsigned, ByteString(node.name), at: fit.address, detail: "no good signature of any required key")
            return false
        }
        return true
    }

    private func verify(
        _ owner: FITNode, with key: SignatureKey, _ keys: [SignatureKey], _ machine: inout Machine
    ) throws -> Bool {
        var problem: ByteString = "No 'signature' subnode found"
        for node in owner.children where node.name.starts(with: "signature".utf8) {
            do {
                let signature = try FITSignature(node, &machine)
                let ranges = try coveredRanges(node, of: owner, &machine)
                guard try signature.fits(ranges, keys: keys, required: key, machine) else {
                    throw Problem(text: "Verification failed")
                }
                machine.print("+ ")
                return true
            } catch let found as Problem {
                problem = found.text
                machine.print("- ")
            }
        }
        return complain(problem, nil, in: owner, "config", &machine)
    }

    /// The paths of the nodes that a signature of a configuration has to cover: the root, the configuration, and each
    /// image that it names, with its hashes.
    ///
    /// U-Boot makes this list itself since March 2026, also in the releases that Debian keeps safe, because the one that
    /// stands beside the signature as `hashed-nodes` is not to be trusted.
    private func coveredPaths(_ owner: FITNode, _ machine: inout Machine) throws -> [[UInt8]] {
        var paths = [Array("/".utf8), Array("/configurations/".utf8) + owner.name]
        for property in owner.properties where !Self.silent.contains(property.name) {
            for name in property.texts {
                guard let image = fit.image.image(name)?.node else { continue }
                let path = Array("/images/".utf8) + image.name
                paths.append(path)
                let hashes = image.children.filter { $0.name.starts(with: "hash".utf8) }
                guard !hashes.isEmpty else {
                    machine.print("No hash nodes in image '\(ByteString(image.name))'\n")
                    throw Problem(text: "Failed to build hash node list")
                }
                paths += hashes.map { path + [UInt8(ascii: "/")] + $0.name }
            }
        }
        return paths
    }

    /// What a signature of a configuration covers.
    private func coveredRanges(
        _ node: FITNode, of owner: FITNode, _ machine: inout Machine
    ) throws -> [AddressRange] {
        let names = try coveredPaths(owner, &machine)
        let count = names.count
        guard count <= Self.nodeLimit else { throw Problem(text: "Number of hashed nodes exceeds maximum") }
        let found: (ranges: [Range<Int>], strings: Int)
        do {
            found = try machine.readTree(at: fit.address) { bytes in
                let ranges = try FITRegions.find(in: bytes, nodes: names, excluding: Self.uncovered)
                return (ranges, Int(try FDTHeader(bytes).offDtStrings))
            }
        } catch is FITRegions.Failure {
            throw Problem(text: "Failed to hash configuration")
        }
        guard !found.ranges.isEmpty else { throw Problem(text: "No data to hash") }
        guard found.ranges.count < 20 + 7 * count - 1 else { throw Problem(text: "Too many hash regions") }
        var covered = found.ranges.map { range in
            AddressRange(start: fit.address + UInt64(range.lowerBound), size: UInt64(range.count))
        }
        if let strings = node.property("hashed-strings")?.value, strings.count >= 8 {
            let size = strings[4..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            covered.append(AddressRange(start: fit.address + UInt64(found.strings), size: size))
        }
        return covered
    }
}
