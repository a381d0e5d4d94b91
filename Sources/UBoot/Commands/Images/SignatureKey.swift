import BootImages
import DeviceTree
import Digest

/// A public key in the control device tree's node `/signature`.
struct SignatureKey {
    /// The node's name, such as `key-dev`.
    var name: [UInt8]
    /// What U-Boot demands a signature of with this key: `image` or `conf`; nil for nothing.
    var required: ByteString?
    /// The algorithm, such as `sha256,rsa2048`; nil if the node does not say it.
    var algorithm: ByteString?
    /// The node's numbers.
    var bitCount: Int
    var inverse: UInt32?
    var exponent: UInt64
    var modulus: [UInt8]?
    var square: [UInt8]?
    /// The point of an ECDSA key; nil where the node has none on a curve that U-Boot knows.
    var point: ECDSAPublicKey?

    init(_ node: FITNode) {
        name = node.name
        required = node.text("required").map { ByteString($0) }
        algorithm = node.text("algo").map { ByteString($0) }
        bitCount = Int(node.property("rsa,num-bits").flatMap { $0.value.count >= 4 ? $0.firstWord : nil } ?? 0)
        inverse = node.property("rsa,n0-inverse")?.firstWord
        let exponent = node.property("rsa,exponent")?.value ?? []
        self.exponent = exponent.count >= 8 ? exponent.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } : 65537
        modulus = node.property("rsa,modulus")?.value
        square = node.property("rsa,r-squared")?.value
        point = Self.point(node)
    }

    private static func point(_ node: FITNode) -> ECDSAPublicKey? {
        guard let name = node.text("ecdsa,curve"),
            let curve = ECDSAPublicKey.Curve(rawValue: String(decoding: name, as: UTF8.self)),
            let x = node.property("ecdsa,x-point")?.value, x.count == curve.byteCount,
            let y = node.property("ecdsa,y-point")?.value, y.count == curve.byteCount
        else { return nil }
        return ECDSAPublicKey(curve: curve, x: x, y: y)
    }

    /// Whether an ECDSA signature of a digest is this key's.
    func verifies(_ signature: [UInt8], of digest: [UInt8]) throws -> Bool {
        try point?.verifies(signature, of: digest) ?? false
    }

    /// What was signed, still padded; nil where U-Boot refuses key or signature, or would compute something else.
    func recover(_ signature: [UInt8]) throws -> [UInt8]? {
        guard let inverse, bitCount > 0, let modulus, let square, signature.count == bitCount / 8,
            (2048...4096).contains(bitCount), exponent & 1 == 1, exponent > 1
        else { return nil }
        let byteCount = bitCount / 32 * 4
        guard modulus.count >= byteCount, square.count >= byteCount else { return nil }
        let key = RSAPublicKey(modulus: Array(modulus.prefix(byteCount)), exponent: exponent)
        // U-Boot computes with these two, so that wrong ones give a wrong result.
        guard inverse == key.montgomeryInverse, inverse != 0,
            try key.montgomerySquare() == Array(square.prefix(byteCount))
        else { return nil }
        return try key.recover(signature)
    }
}

extension Machine {
    /// The node `/signature` of the control device tree; nil if there is none, or none that this U-Boot looks at.
    var signatureNode: FITNode? {
        guard description.images.verifiesSignatures, let controlTree else { return nil }
        return (try? readTree(at: controlTree) { FITNode(tree: $0, asFarAsItGoes: true) })?.flatMap {
            $0.child("signature")
        }
    }

    /// The keys in the control device tree, in its order.
    var signatureKeys: [SignatureKey] { (signatureNode?.children ?? []).map { SignatureKey($0) } }
}
