import BootImages
import Foundation
import Testing

struct LegacyImageHeaderReportTests {
    @Test(arguments: try GoldenFile.console("reports.json"))
    func isWhatUBootPrints(recorded: GoldenFile.Case) throws {
        let command = try #require(recorded.commands.first)
        // What followed the image in memory was zero.
        let bytes = recorded.bytes + [UInt8](repeating: 0, count: 64)
        let header = try LegacyImageHeader(bytes)
        let place = String(recorded.address, radix: 16)
        let report = header.report(bytes, at: recorded.address)

        var text: String
        if command.command.hasPrefix("bootm") {
            text = "## Booting kernel from Legacy Image at \(place) ...\n\(report)"
            text += "Wrong Image Type for bootm command\nERROR: can't get kernel image!\n"
        } else {
            text = "\n## Checking Image at \(place) ...\n   Legacy image found\n"
            if header.headerChecksumMatches(bytes) {
                let isIntact = header.dataChecksumMatches(bytes)
                text += "\(report)   Verifying Checksum ... \(isIntact ? "OK" : "   Bad Data CRC")\n"
            } else {
                text += "   Bad Header Checksum\n"
            }
        }
        #expect(text == command.output)
    }
}
