/// Recognises files that hold a disk in another form than block by block.
enum ImageFormatCheck {
    private struct Format {
        var magic: [UInt8]
        var name: String
        var remedy: String
    }

    private static let formats: [Format] = [
        Format(magic: [0x1f, 0x8b], name: "a gzip file", remedy: "unpack it with gunzip"),
        Format(magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], name: "an xz file", remedy: "unpack it with unxz"),
        Format(magic: Array("BZh".utf8), name: "a bzip2 file", remedy: "unpack it with bunzip2"),
        Format(magic: [0x28, 0xb5, 0x2f, 0xfd], name: "a zstd file", remedy: "unpack it with unzstd"),
        Format(magic: [0x04, 0x22, 0x4d, 0x18], name: "an lz4 file", remedy: "unpack it with unlz4"),
        Format(magic: [0x50, 0x4b, 0x03, 0x04], name: "a zip file", remedy: "unpack it with unzip"),
        Format(
            magic: [0x51, 0x46, 0x49, 0xfb], name: "a qcow2 image",
            remedy: "convert it with 'qemu-img convert -O raw'"),
        Format(
            magic: Array("KDMV".utf8), name: "a VMDK image", remedy: "convert it with 'qemu-img convert -O raw'"),
        Format(
            magic: Array("<<< Oracle VM VirtualBox Disk Image".utf8), name: "a VDI image",
            remedy: "convert it with 'qemu-img convert -O raw'"),
        Format(
            magic: Array("vhdxfile".utf8), name: "a VHDX image", remedy: "convert it with 'qemu-img convert -O raw'"),
        Format(magic: [0x3a, 0xff, 0x26, 0xed], name: "an Android sparse image", remedy: "convert it with simg2img"),
    ]

    /// Throws `notRaw` if a file begins like something that U-Boot could not read as a disk.
    static func check(_ head: [UInt8]) throws(DiskError) {
        for format in formats where head.starts(with: format.magic) {
            throw .notRaw(format: format.name, remedy: format.remedy)
        }
    }
}
