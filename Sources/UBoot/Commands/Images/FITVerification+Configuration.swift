import BootImages
import DeviceTree

/// The signatures of configurations.
extension FITVerification {
    private static let nodeLimit = 100
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
                return false
            }
        }
        if !required.isEmpty, !isVerified {
            machine.print("Failed to verify 'any' of the required signature(s)\n")
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
                let ranges = try coveredRanges(node, machine)
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

    /// What a signature of a configuration covers.
    private func coveredRanges(_ node: FITNode, _ machine: Machine) throws -> [AddressRange] {
        let list = node.property("hashed-nodes")?.value ?? []
        let count = list.count { $0 == 0 }
        guard count > 0 else { throw Problem(text: "Can't get hashed-nodes property") }
        guard list.last == 0 else { throw Problem(text: "hashed-nodes property must be null-terminated") }
        guard count <= Self.nodeLimit else { throw Problem(text: "Number of hashed nodes exceeds maximum") }
        let names = list.dropLast().split(separator: 0, omittingEmptySubsequences: false).map { Array($0) }
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
