/// One text in three formats, each written by the program that the format is named for.
enum Samples {
    /// The text that is packed.
    static let text = (0..<400).flatMap { _ in Array("hello world compressible ".utf8) }

    /// `gzip -n9`, without its header of ten bytes.
    static let deflate = hex(
        """
        edc9c10980300c00c055329b1aa81089b40fd7778ec2ddf74656757c3deb8ab39f77e65af75119430821841042082184104208\
        218410420821841042082184d8277eb3da58f410270000
        """)

    /// `lzma` with the length in the header.
    static let lzma = hex(
        """
        5d00008000102700000000000000341949ee8de917893a335ffd7c2242931f80ad2a769a24784e43db043271b8439a89b3a351\
        f2bc6b4b7b916ab3f08b6a659c1920708bedea37f03537acc13c12264700ff00
        """)

    /// `lz4` with its default settings.
    static let lz4 = hex(
        """
        04224d186440a74b000000ff0a68656c6c6f20776f726c6420636f6d707265737369626c65201900ffffffffffffffffffff\
        ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff065069626c652000000000edc512a0
        """)

    private static func hex(_ digits: String) -> [UInt8] {
        let nibbles = digits.compactMap(\.hexDigitValue)
        return stride(from: 0, to: nibbles.count - 1, by: 2).map { UInt8(nibbles[$0] << 4 | nibbles[$0 + 1]) }
    }
}
