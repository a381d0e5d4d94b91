import DeviceTree
import Testing
import UBoot

@testable import ImageBuilder

/// Something that upstream's script takes in silence or gets wrong, by its number in the list of those that are known,
/// and the proof that it is an error here, or right.
struct Footgun: Sendable, CustomTestStringConvertible {
    var number: Int
    var what: String
    var check: @Sendable (TestBuild) throws -> Void

    var testDescription: String { "\(number): \(what)" }

    init(_ number: Int, _ what: String, _ check: @escaping @Sendable (TestBuild) throws -> Void) {
        self.number = number
        self.what = what
        self.check = check
    }

    /// Lines that are added to the first example's config, and what an error about them says; nothing is written.
    static func refused(_ number: Int, _ lines: String, _ message: String) -> Footgun {
        Footgun(number, lines.replacing("\n", with: " ")) { files in
            let result = try files.build(try files.base(lines)) { options in
                if lines.contains("LOAD_CMD=") { options.loadCommand = nil }
            }
            #expect(result.errors.contains { $0.contains(message) }, "\(result.errors)")
            #expect(result.outputs.outputs.isEmpty)
        }
    }

    /// The same with the lines of one DomU before.
    static func refusedDomain(_ number: Int, _ line: String, _ message: String) -> Footgun {
        refused(number, "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image\n\(line)", message)
    }

    static let twoDomains = "NUM_DOMUS=2\nDOMU_KERNEL[0]=Image-2m\nDOMU_KERNEL[1]=Image-2m\n"
    static let oneDomain = "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image-2m\n"
}

extension TestBuild {
    /// A build of the first example's config with further lines, which has no error and boots.
    func good(_ lines: String) throws -> (result: BuildResult, tree: DeviceTreeDocument) {
        let result = try build(try base(lines))
        #expect(result.errors == [])
        #expect(result.record?.handOff != nil)
        return (result, try #require(result.tree))
    }

    /// The built program, run in the folder.
    func program(
        _ words: [String], environment: [String] = []
    ) throws -> (status: Int32, output: String, errors: String) {
        let result = try ChildProcess.run(
            [BuiltProgram.path] + words, environment: ["PATH=/usr/bin:/bin"] + environment, folder: folder)
        return (
            result.status, String(decoding: result.output, as: UTF8.self),
            String(decoding: result.errors, as: UTF8.self)
        )
    }

    /// The text of a file that was written.
    func text(_ name: String) throws -> String {
        String(decoding: try #require(try RegularFile.read("\(folder)/\(name)", limit: 1 << 20)), as: UTF8.self)
    }
}

extension BuildResult {
    /// The script as text.
    var text: String { String(decoding: script.text, as: UTF8.self) }
}
