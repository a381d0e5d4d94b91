extension CommandSpec {
    /// A bash script that completes commands, options (after a dash) and choices, and files elsewhere; to be sourced.
    public func bashCompletion() -> String {
        let function = "_" + name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
        let contexts = completionContexts(chain: [self], path: [])
        return """
            # bash completion for \(name)
            \(function)() {
                local path='' awaited='' word i
                local current=${COMP_WORDS[COMP_CWORD]}
                [[ $current == '=' ]] && current=''
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    [[ $word == '=' ]] && continue
                    if [[ -n $awaited ]]; then
                        awaited=''
                        continue
                    fi
                    case "$path:$word" in
                        *:--) return ;;
            \(lines(contexts.flatMap(\.transitions), indent: 12))
                    esac
                done
                if [[ -n $awaited ]]; then
                    case "$path:$awaited" in
            \(lines(contexts.flatMap(\.choices), indent: 12))
                    esac
                    return
                fi
                case "$path:$current" in
            \(lines(contexts.flatMap(\.offers), indent: 8))
                esac
            }
            complete -o default -F \(function) \(name)

            """
    }

    private func lines(_ lines: [String], indent: Int) -> String {
        lines.map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
    }

    /// One context per command, this one first.
    private func completionContexts(chain: [CommandSpec], path: [String]) -> [CompletionContext] {
        let below = subcommands.flatMap { $0.completionContexts(chain: chain + [$0], path: path + [$0.name]) }
        return [CompletionContext(chain: chain, path: path)] + below
    }
}

/// The `case` branches of one command.
private struct CompletionContext {
    var transitions: [String] = []
    var choices: [String] = []
    var offers: [String] = []

    init(chain: [CommandSpec], path: [String]) {
        let here = path.joined(separator: " ")
        let command = chain.last
        let options = chain.reversed().flatMap(\.options)
        for sub in command?.subcommands ?? [] {
            let next = (path + [sub.name]).joined(separator: " ")
            transitions.append("\(quote("\(here):\(sub.name)"))) path=\(quote(next)) ;;")
        }
        for option in options where option.value != .flag {
            let pattern = option.spellings.map { quote("\(here):\($0)") }.joined(separator: " | ")
            transitions.append("\(pattern)) awaited=$word ;;")
            if case .choice(_, let values) = option.value {
                choices.append("\(pattern)) \(Self.reply(values)) ;;")
            }
        }
        let spellings = (options + [.help, .version]).flatMap(\.spellings)
        offers.append("\(quote(here + ":"))-*) \(Self.reply(spellings)) ;;")
        if let commands = command?.subcommands.map(\.name), !commands.isEmpty {
            offers.append("\(quote(here + ":"))*) \(Self.reply(commands + ["help"])) ;;")
        }
    }

    private static func reply(_ words: [String]) -> String {
        "COMPREPLY=($(compgen -W \(quote(words.joined(separator: " "))) -- \"$current\"))"
    }
}

/// The text as one word of the shell.
private func quote(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

extension OptionSpec {
    /// Both ways to type it.
    fileprivate var spellings: [String] {
        (long.map { ["--" + $0] } ?? []) + (short.map { ["-\($0)"] } ?? [])
    }
}
