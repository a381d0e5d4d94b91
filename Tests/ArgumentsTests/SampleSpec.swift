import Arguments

/// A small tool with every kind of option and operand.
enum SampleSpec {
    static let run = CommandSpec(
        name: "run", abstract: "boot scenarios and report what each domain did",
        discussion: """
            Each scenario names a board, its artefacts and what every domain has to print. Several run at once as
            long as their memory fits.

            A scenario that passes only on a retry is reported as flaky.
            """,
        examples: [
            CommandSpec.Example("boots run dom0less.yaml", "one scenario, with a live line on the terminal"),
            CommandSpec.Example("boots run --board virt -j2 *.yaml"),
        ],
        options: [
            OptionSpec("board", short: "b", value: .path("FILE"), help: "board description", required: true),
            OptionSpec("jobs", short: "j", value: .number("N", in: 1...64), help: "boots at the same time"),
            OptionSpec("shift", value: .number("N"), help: "seconds to add to each limit"),
            OptionSpec(
                "progress", value: .choice("WHEN", ["auto", "plain", "none"]), help: "how to show what is going on"),
            OptionSpec("tag", short: "t", value: .text("TAG"), help: "run only those with the tag", repeats: true),
            OptionSpec(
                "a-name-that-is-rather-long", value: .text("SOMETHING"), help: "explained on the next line"),
            OptionSpec(short: "c", value: .path("CONFIG"), help: "configuration in the old format"),
            OptionSpec("keep", short: "k", help: "keep the output of boots that passed"),
        ],
        operands: [OperandSpec("SCENARIO", help: "scenario files or their names", repeats: true)])

    static let copy = CommandSpec(
        name: "copy", abstract: "copy files",
        operands: [
            OperandSpec("SOURCE", help: "what to copy", repeats: true), OperandSpec("TARGET", help: "where to"),
            OperandSpec("NOTE", help: "why", required: false),
        ])

    static let list = CommandSpec(
        name: "list", abstract: "list things",
        subcommands: [
            CommandSpec(name: "boards", abstract: "known boards"),
            CommandSpec(
                name: "codes", abstract: "finding codes",
                operands: [OperandSpec("PREFIX", help: "only codes that begin so", required: false)]),
        ])

    static let root = CommandSpec(
        name: "boots", abstract: "boot test images and watch what they print",
        options: [
            OptionSpec("verbose", short: "v", help: "say more", repeats: true),
            OptionSpec("color", value: .choice("WHEN", ["auto", "always", "never"]), help: "when to use colour"),
        ],
        subcommands: [run, copy, list])
}

/// The sentence for a command line that is not understood; "understood" when it is.
func complaint(_ words: [String], spec: CommandSpec = SampleSpec.root) -> String {
    do {
        _ = try spec.parse(words)
        return "understood"
    } catch {
        return error.description
    }
}

/// What a command line that runs a command parses to; nil for help and version.
func arguments(_ words: [String], spec: CommandSpec = SampleSpec.root) throws(UsageError) -> ParsedArguments? {
    guard case .run(_, _, let arguments) = try spec.parse(words) else { return nil }
    return arguments
}
