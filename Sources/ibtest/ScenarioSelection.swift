import Arguments
import Scenarios

/// The scenarios that a command line asks for.
struct ScenarioSelection {
    private let arguments: ParsedArguments
    private let search = ScenarioSearch()

    init(_ arguments: ParsedArguments) {
        self.arguments = arguments
    }

    /// Reads them: those that are named, and with `--all` the others with the right tags; of these the right part.
    func scenarios() throws(ToolError) -> [Scenario] {
        let given = arguments.operands("SCENARIO")
        guard arguments.flag("all") || !given.isEmpty else {
            throw ToolError(message: "expected a SCENARIO, or --all; known: \(search.names.joined(separator: ", "))")
        }
        let shard = try Shard(arguments.value("shard"))
        let tags = Set(arguments.values("tag"))
        var scenarios: [Scenario] = []
        func add(_ scenario: Scenario) throws(ToolError) {
            guard let other = scenarios.first(where: { $0.name == scenario.name }) else {
                return scenarios.append(scenario)
            }
            guard other.path != scenario.path else { return }
            throw ToolError(
                message: "\(other.path) and \(scenario.path) have the same name, and so the same folder for results")
        }
        do {
            for name in given { try add(try search.scenario(name)) }
            if arguments.flag("all") {
                for name in search.names {
                    let scenario = try search.scenario(name)
                    if tags.isEmpty || !tags.isDisjoint(with: scenario.tags) { try add(scenario) }
                }
            }
        } catch let error as ToolError {
            throw error
        } catch {
            throw ToolError(message: "\(error)")
        }
        return scenarios.filter { shard.has($0.name) }
    }
}

/// A part of all scenarios: each name is in the same one everywhere and always.
struct Shard {
    private var index: UInt64 = 0
    private var count: UInt64 = 1

    /// Reads `K/N`; nil is everything.
    init(_ text: String?) throws(ToolError) {
        guard let text else { return }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { UInt64($0) }
        guard parts.count == 2, let part = parts[0], let count = parts[1], count <= 100_000, part >= 1, part <= count
        else {
            throw ToolError(message: "--shard: expected K/N with K from 1 to N, such as 2/4, found '\(text)'")
        }
        (index, self.count) = (part - 1, count)
    }

    /// Whether a name is in it, by its FNV-1a hash.
    func has(_ name: String) -> Bool {
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return hash % count == index
    }
}
