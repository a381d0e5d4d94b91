/// The table of all rules.
public enum Rules {
    /// The rules by family, in the order in which they are explained.
    public static let all: [(family: String, rules: [Rule])] = [
        ("The script as text", ScriptRules.all),
        ("Variables and commands", CommandRules.all),
        ("Loading files", LoadRules.all),
        ("Images and signatures", ImageRules.all),
        ("Editing the device tree", TreeEditRules.all),
        ("Room for the device tree", TreeRoomRules.all),
        ("The boot command", BootCommandRules.all),
        ("Xen: what a module says", ModuleRegRules.all + ModuleKindRules.all),
        ("Xen: modules in memory", ModuleMemoryRules.all + ModuleContentRules.all),
        ("Xen: domains", DomainRules.all),
        ("Xen: the console", ConsoleRules.all),
    ]

    /// The names of all rules in the order of the table.
    public static var identifiers: [String] { all.flatMap { $0.rules.map(\.id) } }

    /// The rule of that name, letter case aside.
    public static func find(_ id: String) -> Rule? {
        all.lazy.flatMap(\.rules).first { $0.id == id.uppercased() }
    }

    /// The page about a rule as plain text; nil if there is no such rule.
    public static func explanation(of id: String) -> String? {
        find(id).map { rule in
            """
            \(rule.id) (\(rule.severity.rawValue)): \(rule.title)

            \(rule.explanation)

            How it is known: \(rule.evidence)

            """
        }
    }

    /// All rules as a page in Markdown.
    public static var page: String {
        var page = """
            # Rules

            What `ibtest` looks for in a simulated boot. The severity is the usual one; a finding may be milder or
            worse, and a command that fails while the script tests its status (`if`, `&&`, `||`) is only `info`. This
            page is made from the rule table.

            | rule | severity | what is wrong |
            | --- | --- | --- |

            """
        for rule in all.flatMap(\.rules) {
            page += "| [\(rule.id)](#\(rule.id.lowercased())) | \(rule.severity.rawValue) | \(rule.title) |\n"
        }
        for group in all {
            page += "\n## \(group.family)\n"
            for rule in group.rules {
                page += "\n### \(rule.id)\n\n*\(rule.severity.rawValue): \(rule.title).* \(rule.explanation)\n"
                page += "\nHow it is known: \(rule.evidence)\n"
            }
        }
        return page
    }
}
