import BootImages
import DeviceTree
import Digest

/// Checks hashes and signatures of a FIT as U-Boot does, and prints what it prints meanwhile.
struct FITVerification {
    /// The FIT.
    let fit: FITInMemory

    /// What a hash node or signature has wrong, in U-Boot's words.
    struct Problem: Error {
        var text: ByteString
    }

    /// Checks all that is said about an image's data; false after printing what is wrong.
    func verify(_ component: FITComponent, _ machine: inout Machine) throws -> Bool {
        guard let data = fit.data(of: component) else {
            machine.print("error!\nCan't get image data/size in '\(ByteString(component.name))' image node\n")
            machine.note(fit: .badHash, ByteString(component.name), at: fit.address, detail: "it has no data")
            return false
        }
        let keys = machine.signatureKeys
        let required = keys.filter { $0.required == "image" }
        for key in required where try !verify(component, data, with: key, &machine) {
            machine.print("Failed to verify required signature '\(ByteString(key.name))'\n")
            return complain(
                "Unable to verify required signature", fit.image.root, in: component.node, "image", &machine)
        }
        for node in component.node.children {
            if node.name.starts(with: "hash".utf8) {
                if let problem = try checkHash(node, data, &machine) {
                    return complain(problem, node, in: component.node, "image", &machine)
                }
                machine.print("+ ")
            } else if machine.description.images.verifiesSignatures, required.isEmpty,
                node.name.starts(with: "signature".utf8)
            {
                let isGood = try checkSignature(node, data, keys, key: nil, &machine) == nil
                machine.print(isGood ? "+ " : "- ")
            }
        }
        return true
    }

    /// U-Boot's line about what failed; always false.
    func complain(
        _ problem: ByteString, _ node: FITNode?, in owner: FITNode, _ kind: String, _ machine: inout Machine
    ) -> Bool {
        let name = node.map { ByteString($0.name) } ?? "<NULL>"
        machine.print(" error!\n\(problem) for '\(name)' hash node in '\(ByteString(owner.name))' \(kind) node\n")
        if kind == "image" {
            machine.note(fit: .badHash, ByteString(owner.name), at: fit.address, detail: problem.display)
        }
        return false
    }

    // MARK: Hashes

    private func checkHash(_ node: FITNode, _ data: AddressRange, _ machine: inout Machine) throws -> ByteString? {
        guard let algorithm = node.text("algo") else { return "Can't get hash algo property" }
        machine.print(ByteString(algorithm))
        if node.property("uboot-ignore")?.firstWord ?? 0 != 0 {
            machine.print("-skipped ")
            return nil
        }
        guard let expected = node.property("value")?.value else { return "Can't get hash value property" }
        guard let value = try machine.hash(data, String(decoding: algorithm, as: UTF8.self)) else {
            return "Unsupported hash algorithm"
        }
        guard value.count == expected.count else { return "Bad hash value len" }
        return value == expected ? nil : "Bad hash value"
    }

    // MARK: Signatures

    /// Whether a signature of an image fits a key that the board requires.
    private func verify(
        _ component: FITComponent, _ data: AddressRange, with key: SignatureKey, _ machine: inout Machine
    ) throws -> Bool {
        for node in component.node.children where node.name.starts(with: "signature".utf8) {
            let isGood = try checkSignature(node, data, machine.signatureKeys, key: key, &machine) == nil
            machine.print(isGood ? "+ " : "- ")
            if isGood { return true }
        }
        return false
    }

    private func checkSignature(
        _ node: FITNode, _ data: AddressRange, _ keys: [SignatureKey], key: SignatureKey?, _ machine: inout Machine
    ) throws -> ByteString? {
        do {
            let signature = try FITSignature(node, &machine)
            let isGood = try signature.fits([data], keys: keys, required: key, machine)
            return isGood ? nil : "Verification failed"
        } catch let problem as Problem {
            return problem.text
        }
    }
}

extension Machine {
    /// The hash of a range by U-Boot's name of the algorithm; nil if it has none of that name.
    func hash(_ range: AddressRange, _ algorithm: String) throws -> [UInt8]? {
        guard description.images.digests.contains(algorithm) else { return nil }
        switch algorithm {
        case "crc32":
            let value = try memory.withBytes(range) { crc32($0) }
            return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        case "crc16-ccitt":
            let value = try memory.withBytes(range) { crc16($0) }
            return [8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        default:
            guard let algorithm = DigestAlgorithm(rawValue: algorithm) else { return nil }
            return try memory.withBytes(range) { try MessageDigest.of($0, algorithm) }
        }
    }
}
