import BootImages
import Digest

/// A signature node of a FIT.
struct FITSignature {
    /// How the digest is signed.
    private enum Scheme {
        /// With a key of so many bytes.
        case rsa(Int)
        case ecdsa
    }

    private enum Padding {
        case pkcs1, pss
        /// One that this U-Boot does not know, so that nothing fits.
        case unknown
    }

    private let algorithm: ByteString
    private let digest: DigestAlgorithm
    private let scheme: Scheme
    private let padding: Padding
    private let hint: ByteString?
    private let value: [UInt8]

    /// Reads a node and prints its algorithm and key; throws `FITVerification.Problem`.
    init(_ node: FITNode, _ machine: inout Machine) throws {
        guard let name = node.text("algo") else { throw FITVerification.Problem(text: "Can't get hash algo property") }
        algorithm = ByteString(name)
        hint = node.text("key-name-hint").map { ByteString($0) }
        machine.print("\(algorithm):\(hint ?? "<NULL>")")
        let text = String(decoding: name, as: UTF8.self)
        let comma = text.firstIndex(of: ",")
        let digests: [DigestAlgorithm] = [.sha1, .sha256, .sha384, .sha512]
        let padding = Self.padding(node.text("padding"), machine)
        guard let digest = digests.first(where: { text.hasPrefix($0.rawValue) }), let comma,
            let scheme = Self.scheme(String(text[text.index(after: comma)...]), machine),
            padding != .unknown || machine.release >= .v2025_01
        else { throw FITVerification.Problem(text: "Unknown signature algorithm") }
        self.digest = digest
        self.scheme = scheme
        self.padding = padding
        guard let value = node.property("value")?.value else {
            throw FITVerification.Problem(text: "Can't get hash value property")
        }
        self.value = value
    }

    private static func scheme(_ name: String, _ machine: Machine) -> Scheme? {
        switch name {
        case "rsa2048": .rsa(256)
        case "rsa3072": .rsa(384)
        case "rsa4096": .rsa(512)
        case "ecdsa256": machine.description.images.ecdsa == .unknown ? nil : .ecdsa
        case "ecdsa384":
            machine.description.images.ecdsa == .unknown || machine.release < .v2025_01 ? nil : .ecdsa
        default: nil
        }
    }

    private static func padding(_ name: [UInt8]?, _ machine: Machine) -> Padding {
        switch name.map({ ByteString($0) }) {
        case nil, "pkcs-1.5": .pkcs1
        case "pss": machine.description.images.verifiesPSS ? .pss : .unknown
        default: .unknown
        }
    }

    /// Whether the ranges, one behind the other, were signed with the key required, or else with any of them.
    func fits(
        _ ranges: [AddressRange], keys: [SignatureKey], required: SignatureKey?, _ machine: Machine
    ) throws -> Bool {
        let collector = try MessageDigest(digest)
        for range in ranges { try machine.memory.withBytes(range) { try collector.update($0) } }
        let hash = try collector.finish()
        guard case .rsa(let keyByteCount) = scheme else {
            guard machine.description.images.ecdsa == .verified else { return false }
            return try (required.map { [$0] } ?? keys).contains { try $0.verifies(value, of: hash) }
        }
        if let required { return try fits(hash, required, keyByteCount) }
        let wanted = "key-\(hint ?? "<NULL>")" as ByteString
        let ordered = keys.filter { $0.name == wanted.bytes } + keys.filter { $0.name != wanted.bytes }
        return try ordered.contains { try fits(hash, $0, keyByteCount) }
    }

    private func fits(_ hash: [UInt8], _ key: SignatureKey, _ keyByteCount: Int) throws -> Bool {
        guard key.algorithm == algorithm, let block = try key.recover(value), block.count >= keyByteCount else {
            return false
        }
        let signed = Array(block.prefix(keyByteCount))
        return switch padding {
        case .pkcs1: signed == SignaturePadding.pkcs1(hash, digest, byteCount: keyByteCount)
        case .pss: try SignaturePadding.isPSS(signed, hash, digest)
        case .unknown: false
        }
    }
}
