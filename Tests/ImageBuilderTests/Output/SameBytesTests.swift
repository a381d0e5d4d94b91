import Testing
import UBoot

@testable import ImageBuilder

/// The same config gives the same bytes at every run.
struct SameBytesTests {
    @Test(arguments: [
        "", "BOOT_CMD=bootm", "FIT=boot.fit", "FIT=boot.fit\nFIT_ENC_KEY_DIR=keys/dev\nFIT_ENC_UB_DTB=control.dtb",
        "FDTEDIT=ref.dtb", "PASSTHROUGH_DTS_REPO=dts\nDOMU_PASSTHROUGH_PATHS[0]=/axi/serial@ff000000",
    ])
    func twoRunsAreTheSame(lines: String) throws {
        let files = try TestBuild()
        try files.makeKey()
        try files.write("control.dtb", TestBuild.padded(TestBuild.board, to: 8192))
        let config = try files.base(Footgun.oneDomain + lines)
        let first = try files.build(config) { $0.time = 1_700_000_000 }
        let second = try files.build(config) { $0.time = 1_700_000_000 }
        #expect(first.errors == [])
        #expect(!first.outputs.outputs.isEmpty)
        #expect(first.outputs.outputs == second.outputs.outputs)
    }

    @Test func theTimeIsThatOfTheEnvironment() throws {
        let files = try TestBuild()
        try files.write("config", Array(files.base().utf8))
        let words = ["generate", "-c", "config", "-d", ".", "-t", "tftp"]
        var images: [[UInt8]?] = []
        for time in ["1700000000", "1700000000", "1700000001"] {
            #expect(try files.program(words, environment: ["SOURCE_DATE_EPOCH=\(time)"]).status == 0)
            images.append(try RegularFile.read(files.folder + "/boot.scr", limit: 1 << 20))
        }
        #expect(images[0] == images[1])
        #expect(images[0] != images[2])
        #expect(images[0]?[8..<12] == [0x65, 0x53, 0xf1, 0x00])
        let wrong = try files.program(words, environment: ["SOURCE_DATE_EPOCH=yesterday"])
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("SOURCE_DATE_EPOCH: expected seconds from 0 to 4294967295, found 'yesterday'"))
    }
}
