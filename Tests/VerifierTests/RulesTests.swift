import Foundation
import Testing
import Verifier

struct RulesTests {
    private static let wanted = """
        UB-FILE-MISSING UB-LOAD-OVERLAP UB-LOAD-OVER-FDT UB-LOAD-NORAM UB-LOAD-OVER-UBOOT UB-FDT-BEFORE-ADDR
        UB-FDT-NOSPACE UB-FDT-NOTFOUND UB-FDT-BADCELL UB-FDT-VALUE-LONG UB-CMD-UNAVAILABLE UB-CMD-UNSIMULATED
        UB-BOOTI-MAGIC UB-BOOTI-RELOC UB-BOOTI-FDT-OVERLAP UB-BOOTI-RD-OVERLAP UB-BOOTI-NOFDT UB-FDT-ALIGN
        XEN-REG-MISSING XEN-REG-SHORT XEN-REG-LONG XEN-ADDR-TRUNCATED XEN-SIZE-ZERO XEN-SIZE-SHORT XEN-SIZE-LONG
        XEN-ADDR-UNLOADED XEN-ADDR-NORAM XEN-MODULE-OVERLAP XEN-MODULE-OVER-XEN XEN-KIND-MISSING XEN-GENERIC-MISSING
        XEN-CELLS-IMPLICIT XEN-KERNEL-FORMAT XEN-CONSOLE DOM0-RAMDISK-UNLOADED DOM-COMPAT DOM-NOKERNEL DOM-NONE UB-FDT-OVER-FILE UB-SYNTAX
        UB-VAR-UNSET UB-SCRIPT-CRLF UB-EXIT-IGNORED UB-SCRIPT-OVER-FILE UB-LIMIT UB-HANG UB-BUS-ERROR UB-BOOTI-RD-FORMAT
        UB-BOOTI-NOSPACE UB-CMD-USAGE UB-FIT-NAME UB-FIT-HASH UB-FIT-UNSIGNED UB-FIT-BYPASS
        """

    @Test func tableHasTheseRulesOnce() {
        let wanted = Self.wanted.split { $0 == " " || $0 == "\n" }.map(String.init)
        #expect(Rules.identifiers.sorted() == wanted.sorted())
    }

    @Test(arguments: Rules.all.flatMap(\.rules).map(\.id))
    func everyRuleIsExplained(id: String) throws {
        let text = try #require(Rules.explanation(of: id.lowercased()))
        #expect(text.hasPrefix(id))
        let rule = try #require(Rules.find(id))
        #expect(rule.explanation.hasSuffix("."))
        #expect(rule.title.first.map { !$0.isUppercase } ?? false)
    }

    @Test func unknownRuleHasNoExplanation() { #expect(Rules.explanation(of: "UB-NOTHING") == nil) }

    @Test func pageOfRulesIsUpToDate() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appendingPathComponent("docs/rules.md")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: page.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(Rules.page.utf8).write(to: page)
            Issue.record("recorded docs/rules.md; run again without RECORD_GOLDEN")
        }
        let recorded = try? String(contentsOf: page, encoding: .utf8)
        #expect(recorded == Rules.page, "docs/rules.md is not what the table gives; RECORD_GOLDEN=1 writes it")
    }
}
