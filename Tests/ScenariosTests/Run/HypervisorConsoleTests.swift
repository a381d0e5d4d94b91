import DeviceTree
import Foundation
import Testing

@testable import Scenarios
@testable import Verifier

/// A way to tell Xen about its console, and whether the real one, 4.17 and 4.20, was heard then.
struct ConsoleChoice: Sendable, CustomTestStringConvertible {
    var commandLine: String?
    /// Changes of the machine's tree, as arguments of U-Boot's `fdt`.
    var edits: [String] = []
    var isHeard: Bool

    var testDescription: String { ([commandLine ?? "no command line"] + edits).joined(separator: "; ") }

    init(_ commandLine: String?, _ edits: String..., isHeard: Bool) {
        self.commandLine = commandLine
        self.edits = edits
        self.isHeard = isHeard
    }

    private static let aliases = "mknod / aliases"
    private static let alias = "set /aliases serial0 /pl011@9000000"

    static let all = [
        ConsoleChoice("bootscrub=0", isHeard: true),
        ConsoleChoice("console=dtuart dtuart=/pl011@9000000", isHeard: true),
        ConsoleChoice("dtuart=/pl011", isHeard: false),
        ConsoleChoice("dtuart=pl011@9000000", isHeard: false),
        ConsoleChoice("dtuart=/pl011@9000000/", isHeard: false),
        ConsoleChoice("dtuart=/PL011@9000000", isHeard: true),
        ConsoleChoice("dtuart=/pl011@9000000:115200", isHeard: true),
        ConsoleChoice("dtuart=/pl011@9000000,115200", isHeard: false),
        ConsoleChoice("console=com1", isHeard: false),
        ConsoleChoice("console=com1,dtuart", isHeard: true),
        ConsoleChoice("console=dtuart,vga", isHeard: true),
        ConsoleChoice("console=dtuart console=vga", isHeard: false),
        ConsoleChoice("console=xdtuart", isHeard: false),
        ConsoleChoice("console=dtuart-x", isHeard: true),
        ConsoleChoice("console=dtuart console", isHeard: false),
        ConsoleChoice("console=", isHeard: false),
        ConsoleChoice("console=dtuart no-console", isHeard: false),
        ConsoleChoice("dtuart=serial0 dtuart=/pl011@9000000", isHeard: true),
        ConsoleChoice("console=dtuart dtuart=", isHeard: true),
        ConsoleChoice("console=dtuart -- dtuart=serial0", isHeard: false),
        ConsoleChoice("dtuart=serial0", aliases, alias, isHeard: true),
        ConsoleChoice("dtuart=SERIAL0", aliases, alias, isHeard: false),
        ConsoleChoice("dtuart=serial0", aliases, "set /aliases serial0 /pl011", isHeard: false),
        ConsoleChoice("bootscrub=0", "rm /chosen stdout-path", isHeard: false),
        ConsoleChoice("dtuart=/pl011@9000000", "rm /chosen stdout-path", isHeard: true),
        ConsoleChoice(
            "bootscrub=0", "rm /chosen stdout-path", "set /chosen linux,stdout-path /pl011@9000000", isHeard: false),
        ConsoleChoice("bootscrub=0", "set /chosen stdout-path serial0:115200n8", isHeard: false),
        ConsoleChoice("bootscrub=0", "set /chosen stdout-path serial0:115200n8", aliases, alias, isHeard: true),
        ConsoleChoice("bootscrub=0", "set /chosen stdout-path /pl011", isHeard: false),
        ConsoleChoice("bootscrub=0", "set /pl011@9000000 status disabled", isHeard: false),
        ConsoleChoice(nil, "set /chosen bootargs dtuart=serial0", isHeard: true),
        ConsoleChoice(
            nil, "set /chosen bootargs dtuart=serial0", "set /chosen xen,dom0-bootargs quiet", isHeard: false),
        ConsoleChoice(
            nil, "set /chosen bootargs dtuart=serial0", "mknod /chosen kernel",
            "set /chosen/kernel compatible multiboot,kernel multiboot,module",
            "set /chosen/kernel reg <0 0x40900000 0 0x100>", "set /chosen/kernel bootargs quiet", isHeard: false),
        ConsoleChoice(
            nil, "set /chosen bootargs dtuart=serial0", "mknod /chosen kernel",
            "set /chosen/kernel compatible multiboot,kernel", "set /chosen/kernel bootargs quiet", isHeard: true),
        ConsoleChoice(
            "dtuart=/pl011@9000000", "set /chosen bootargs dtuart=serial0", "set /chosen xen,dom0-bootargs quiet",
            isHeard: true),
    ]

    /// The lines of a boot script that make it so.
    var lines: [String] {
        (commandLine.map { ["fdt set /chosen xen,xen-bootargs \"\($0)\""] } ?? []) + edits.map { "fdt \($0)" }
    }
}

struct HypervisorConsoleTests {
    /// A tree with one UART, changed as it was for the real Xen.
    private static func tree(_ choice: ConsoleChoice) -> DeviceTreeDocument {
        var root = DeviceTreeNode(
            "",
            children: [
                DeviceTreeNode("pl011@9000000"), DeviceTreeNode("chosen", [text("stdout-path", "/pl011@9000000")]),
            ])
        if let line = choice.commandLine { set("xen,xen-bootargs", line, at: ["chosen"], of: &root) }
        for edit in choice.edits {
            let words = edit.split(separator: " ").map(String.init)
            let path = words[1].split(separator: "/").map(String.init)[...]
            switch words[0] {
            case "mknod": change(&root, path) { $0.children.append(DeviceTreeNode(words[2])) }
            case "rm": change(&root, path) { $0.properties.removeAll { $0.name.elementsEqual(words[2].utf8) } }
            default: set(words[2], words[3...].joined(separator: "\0"), at: path, of: &root)
            }
        }
        return DeviceTreeDocument(root: root)
    }

    private static func text(_ name: String, _ value: String) -> DeviceTreeProperty {
        DeviceTreeProperty(Array(name.utf8), Array(value.utf8) + [0])
    }

    private static func set(_ name: String, _ value: String, at path: ArraySlice<String>, of root: inout DeviceTreeNode)
    {
        change(&root, path) { node in
            node.properties.removeAll { $0.name.elementsEqual(name.utf8) }
            node.properties.append(text(name, value))
        }
    }

    private static func change(
        _ node: inout DeviceTreeNode, _ path: ArraySlice<String>, _ body: (inout DeviceTreeNode) -> Void
    ) {
        guard let name = path.first else { return body(&node) }
        for index in node.children.indices where node.children[index].name.elementsEqual(name.utf8) {
            change(&node.children[index], path.dropFirst(), body)
        }
    }

    @Test(arguments: ConsoleChoice.all)
    func silenceOfXenIsForeseen(_ choice: ConsoleChoice) {
        let problem = HypervisorConsole(Self.tree(choice)).problem
        #expect((problem == nil) == choice.isHeard, "\(problem?.text ?? "no problem")")
    }
}

/// The same on the real Xen.
@Suite(
    .serialized, .tags(.emulator), .timeLimit(.minutes(30)),
    .enabled(if: hasEmulator, "QEMU or U-Boot is missing: run scripts/setup"),
    .enabled(if: ProcessInfo.processInfo.environment["IBTEST_SLOW"] != nil, "slow: scripts/test --all"))
struct RealHypervisorConsoleTests {
    @Test(arguments: ["4.17", "4.20"], ConsoleChoice.all)
    func realXenIsHeardAsForeseen(_ release: String, _ choice: ConsoleChoice) throws {
        let suite = release == "4.20" ? ", suite: trixie" : ""
        let artifacts = InjectedFault.artifacts.replacing("4.17", with: release).replacing(
            "xen-\(release)-arm64}", with: "xen-\(release)-arm64\(suite)}")
        let folder = FileManager.default.temporaryDirectory.appending(path: "ibtest-console-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = String(decoding: InjectedFault.script(), as: UTF8.self).replacing(
            "fdt set /chosen xen,xen-bootargs \"console=dtuart bootscrub=0\"",
            with: choice.lines.joined(separator: "\n"))
        try Data(script.utf8).write(to: folder.appending(path: "boot.source"))

        let scenario = try Scenario(
            text: Array("\(artifacts)\nscript: boot.source\nlimits: {silence: 5}\n\(InjectedFault.hello)".utf8),
            path: folder.appending(path: "scenario.yaml").path, name: "console")
        let runner = ScenarioRunner(
            provider: ArtifactProvider(cache: try ArtifactCache()), folder: folder.appending(path: "out").path)
        let result = runner.run(scenario)
        let log = try String(contentsOfFile: "\(result.folder)/console.log", encoding: .utf8)
        #expect(log.contains("(XEN) ") == choice.isHeard, "\(log.suffix(300))")
        #expect((result.failure?.cause.contains("[XEN-CONSOLE]") ?? false) == !choice.isHeard)
    }
}
