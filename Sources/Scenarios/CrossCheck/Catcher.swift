/// A program in the place of what U-Boot starts: it stops at once, so that memory can be looked at as it is then.
enum Catcher {
    /// `wfi`, and a jump back to it.
    static let code: [UInt8] = [0x7f, 0x20, 0x03, 0xd5, 0xff, 0xff, 0xff, 0x17]

    /// The same image with the catcher where it is entered; nil for what is no arm64 Image.
    ///
    /// Everything else stays as it is: the header, the size, and so every decision of U-Boot. As an EFI program it is
    /// entered where its EFI header says.
    static func replacing(_ image: [UInt8], isEFI: Bool) -> [UInt8]? {
        guard image.count >= 64, image[56..<60].elementsEqual("ARMd".utf8) else { return nil }
        var entry = 0
        if isEFI {
            guard let header = word(image, 0x3c), header <= image.count - 0x2c,
                image[header..<(header + 4)].elementsEqual([0x50, 0x45, 0, 0]), let start = word(image, header + 0x28)
            else { return nil }
            entry = start
        }
        guard entry <= image.count - code.count else { return nil }
        var image = image
        image.replaceSubrange(entry..<(entry + code.count), with: code)
        return image
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> Int? {
        guard offset >= 0, offset + 4 <= bytes.count else { return nil }
        return (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
}
