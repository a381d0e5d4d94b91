internal import UBoot

/// Rules about Xen's console.
enum ConsoleRules {
    static let all = [console]

    private static let console = Rule(
        "XEN-CONSOLE", .error, title: "there is no console for Xen",
        explanation: """
            Without a console Xen says nothing at all, whatever else happens. `console=` in its command line must name \
            `dtuart`, which is the default; `dtuart=` is the whole path, with unit addresses, or the alias of a UART \
            that is not disabled, with options behind a colon. Where it is missing or empty, `stdout-path` of \
            `/chosen` says the same. Only `ibtest run` looks for it: a config may be made for a tree that is \
            completed later.
            """,
        evidence: "tried with 35 choices and Xen 4.17 and 4.20."
    ) { facts in
        guard facts.options.isForRun, facts.xen.isThere, facts.record.ending == .handOff, let tree = facts.tree,
            let (problem, property) = HypervisorConsole(tree).problem
        else { return [] }
        let edit = facts.history.setter(of: property, at: "/chosen")
        return [Observation(message: "Xen has no console and so says nothing: \(problem)", place: edit?.place)]
    }
}
