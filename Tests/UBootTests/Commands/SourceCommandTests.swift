import BootImages
import Testing

@testable import UBoot

struct SourceCommandTests {
    static let images: [Exchange] = [
        Exchange("source 60000000", "## Executing script at 60000000\nWrong image format for \"source\" command\n", 1),
        Exchange("source", "## Executing script at 40200000\nWrong image format for \"source\" command\n", 1),
        Exchange(
            "source 50000000 2",
            """
            \(UsageText.source)

            """, 1),
        Exchange(script: "echo a", "source 50000000", "## Executing script at 50000000\na\n"),
        Exchange(script: "echo a", "source 0x50000000", "## Executing script at 50000000\na\n"),
        Exchange(script: "echo a", "source 50000000zz", "## Executing script at 50000000\na\n"),
        Exchange(
            script: "echo a",
            "mw.b 50000005 0; source 50000000",
            """
            ## Executing script at 50000000
            Bad header crc

            """, 1),
        Exchange(
            script: "echo a",
            "mw.b 50000048 7a; source 50000000",
            """
            ## Executing script at 50000000
            Bad data crc

            """, 1),
        Exchange(
            script: "echo a",
            "mw.b 50000048 45; setenv verify n; source 50000000",
            """
            ## Executing script at 50000000
            Unknown command 'Echo' - try 'help'

            """, 1),
        Exchange(
            script: "echo a",
            "mw.b 50000048 45; setenv verify y; source 50000000",
            """
            ## Executing script at 50000000
            Bad data crc

            """, 1),
        Exchange(
            script: "echo a",
            "setenv loadaddr 50000000; source",
            """
            ## Executing script at 40200000
            Wrong image format for "source" command

            """, 1),
        Exchange(script: "echo a", "setenv loadaddr 50000000; source :", "## Executing script at 50000000\na\n"),
        Exchange(script: "echo $x", "x=1; setenv y 2; source 50000000", "## Executing script at 50000000\n1\n"),
    ]

    @Test(arguments: images)
    func sourceRunsAScriptImage(_ exchange: Exchange) throws { try exchange.check() }

    @Test func otherImagesAreRefused() throws {
        let presets: [TestBoard.Preset] = [(TestImage.legacy(.kernel, [1, 2, 3]), 0x6000_0000)]
        try Exchange("source 60000000", "## Executing script at 60000000\nBad image type\n", 1).check(with: presets)
    }

    @Test func anEmptyScriptIsRefused() throws {
        let presets: [TestBoard.Preset] = [
            (TestImage.legacy(.script, [0, 0, 0, 0, 0, 0, 0, 0]), 0x6000_0000)
        ]
        try Exchange("source 60000000", "## Executing script at 60000000\nEmpty Script\n", 1).check(with: presets)
    }

    @Test func theScriptIsRecorded() throws {
        let machine = try Exchange(script: "echo a\n", "source 50000000", "## Executing script at 50000000\na\n")
            .check()
        let source = try #require(machine.recorder.sources.first)
        #expect(source.text == "echo a\n")
        #expect(source.range == AddressRange(start: 0x5000_0000, size: 64 + 8 + 7))
        #expect(machine.recorder.commands.map(\.name) == ["source", "echo"])
    }
}
