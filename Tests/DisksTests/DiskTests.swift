import Disks
import Foundation
import Testing

struct DiskTests {
    @Test func writesStayInMemory() throws {
        let images = try ScratchImages("printf 'abcdefgh' > d.img; truncate -s 16384 d.img")
        let disk = try images.disk("d.img")
        #expect(disk.blockCount == 32)
        #expect(disk.write([1, 2, 3], at: 4095))
        #expect(disk.read(4094, 6) == [0, 1, 2, 3, 0, 0])
        #expect(disk.number(at: 4095, byteCount: 2) == 0x0201)
        #expect(disk.number(at: 0, byteCount: 2) == 0x6261)
        #expect(disk.isUnchanged(0, 4095 - 4095 % 4096))
        #expect(!disk.isUnchanged(0, 4097))
        #expect(disk.isUnchanged(8192, 8192))
        let stored = try Data(contentsOf: URL(filePath: images.path("d.img")))
        #expect(stored.count == 16384)
        #expect(stored[4095] == 0)
    }

    @Test func rangesOutsideAreRefused() throws {
        let disk = try ScratchImages("truncate -s 1024 d.img").disk("d.img")
        #expect(disk.read(1024, 0) == [])
        #expect(disk.read(1023, 2) == nil)
        #expect(disk.read(-1, 1) == nil)
        #expect(disk.read(.max, 1) == nil)
        #expect(disk.read(0, .max) == nil)
        #expect(!disk.write([1], at: 1024))
        #expect(disk.number(at: 1021, byteCount: 4) == nil)
    }

    struct Refusal: Sendable {
        var script: String
        var error: DiskError
    }

    @Test(arguments: [
        Refusal(script: "true", error: .unreadable(errno: 2)),
        Refusal(script: "mkdir d.img", error: .unreadable(errno: 21)),
        Refusal(script: "mkfifo d.img", error: .notAFile),
        Refusal(script: ": > d.img", error: .empty),
        Refusal(script: "truncate -s 1000 d.img", error: .unevenSize(byteCount: 1000)),
        Refusal(
            script: "truncate -s 1024 d; gzip -c d > d.img",
            error: .notRaw(format: "a gzip file", remedy: "unpack it with gunzip")),
        Refusal(
            script: "printf 'QFI\\373' > d.img; truncate -s 1024 d.img",
            error: .notRaw(format: "a qcow2 image", remedy: "convert it with 'qemu-img convert -O raw'")),
    ])
    func whatIsNoRawImageIsRefused(_ refusal: Refusal) throws {
        let images = try ScratchImages(refusal.script)
        #expect(throws: refusal.error) { _ = try images.disk("d.img") }
    }

    @Test func refusalsSayWhatToDo() {
        #expect(
            DiskError.notRaw(format: "a gzip file", remedy: "unpack it with gunzip").description
                == "expected a raw disk image, found a gzip file; unpack it with gunzip")
        #expect(DiskError.unreadable(errno: 2).description == "cannot read the disk image: No such file or directory")
        #expect(
            DiskError.unevenSize(byteCount: 1000).description
                == "a disk image has a multiple of 512 bytes, this one has 1000")
    }
}
