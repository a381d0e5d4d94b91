import Glibc
import UBoot

/// Reads a config by running it in bash, for those that are programs.
public enum ShellConfig {
    /// Why that did not work.
    public enum Failure: Error, Sendable, Equatable {
        /// There is no bash, or it could not be started.
        case cannotStart(String)
        /// It ran too long or printed too much.
        case runaway
        /// The config ended the shell itself.
        case ended(status: Int32, errors: String)
    }

    /// Sources the config and prints every variable that it sets: name, index and value, each with a NUL behind.
    private static let program = #"""
        exec 3>&1 1>&2
        declare -A DOMU_VCPU_HARD_AFFINITY
        . "$1"
        for __name in $(compgen -A variable); do
            case $__name in __* | BASH* | COMP_* | DIRSTACK | EUID | GROUPS | HOSTNAME | HOSTTYPE | IFS | MACHTYPE | \
                OPTERR | OPTIND | OSTYPE | PATH | PIPESTATUS | PPID | PS4 | PWD | OLDPWD | SHELL | SHELLOPTS | SHLVL | \
                TERM | UID | _ | RANDOM | SRANDOM | SECONDS | LINENO | EPOCHSECONDS | EPOCHREALTIME | HISTCMD | \
                FUNCNAME | OPTARG) continue ;; esac
            declare -n __value=$__name
            for __index in "${!__value[@]}"; do
                printf '%s\0%s\0%s\0' "$__name" "$__index" "${__value[$__index]}" >&3
            done
            unset -n __value
        done
        printf 'done\0' >&3
        """#

    /// The variables that a config sets, and what it printed.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - bytes: its bytes, in which the places are looked for.
    ///   - name: what places call it.
    ///   - environment: variables that it gets, such as `A=b`; nothing else but `PATH`.
    /// - Returns: the variables, with places where the text seems to assign them; and what it printed.
    /// - Throws: why it did not come to its end.
    public static func run(
        _ path: String, bytes: [UInt8], name: String, environment: [String] = []
    ) throws(Failure) -> (variables: ConfigVariables, printed: String) {
        let file = path.contains("/") ? path : "./" + path
        let result: ChildProcess.Result
        do {
            result = try ChildProcess.run(
                ["/bin/bash", "--noprofile", "--norc", "-c", program, "bash", file],
                environment: ["PATH=/usr/local/bin:/usr/bin:/bin"] + environment)
        } catch {
            switch error {
            case .cannotStart(let number): throw .cannotStart("\(number)")
            case .tooMuchOutput, .timeout: throw .runaway
            }
        }
        let errors = String(decoding: result.errors, as: UTF8.self)
        var fields = result.output.split(separator: 0, omittingEmptySubsequences: false)
        guard fields.count % 3 == 2, fields.removeLast().isEmpty, fields.removeLast().elementsEqual("done".utf8) else {
            throw .ended(status: result.status, errors: errors)
        }
        let places = AssignmentPlaces(bytes, source: name)
        var variables = ConfigVariables()
        for start in stride(from: 0, to: fields.count, by: 3) {
            let name = String(decoding: fields[start], as: UTF8.self)
            let index = String(decoding: fields[start + 1], as: UTF8.self)
            let element = ConfigParser.isKeyedByText(name) ? ConfigIndex.text(index) : .number(Int(index) ?? 0)
            variables.set(name, element, Array(fields[start + 2]), adds: false, at: places.place(of: name, index))
        }
        return (variables, errors)
    }
}

extension ShellConfig.Failure: CustomStringConvertible {
    /// The sentence.
    public var description: String {
        switch self {
        case .cannotStart(let problem): "cannot run bash: \(problem)"
        case .runaway: "the config did not end within a minute, or printed too much"
        case .ended(let status, let errors):
            "the config ended the shell with status \(status)" + (errors.isEmpty ? "" : ": \(errors)")
        }
    }
}

/// Where a program seems to assign its variables: the last line that has the text of an assignment.
private struct AssignmentPlaces {
    private var byName: [String: ScriptPlace] = [:]
    private let source: String

    init(_ bytes: [UInt8], source: String) {
        self.source = source
        for (number, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            for (start, name) in Self.targets(in: Array(line)) {
                byName[name] = ScriptPlace(source: source, line: number + 1, column: start + 1)
            }
        }
    }

    func place(of name: String, _ index: String) -> ScriptPlace {
        byName["\(name)[\(index)]"] ?? byName[name] ?? ScriptPlace(source: source, line: 1, column: 1)
    }

    /// `NAME`, and `NAME[INDEX]` where there is one, for each assignment that a line seems to have.
    private static func targets(in line: [UInt8]) -> [(Int, String)] {
        var found: [(Int, String)] = []
        var index = 0
        while index < line.count {
            guard ConfigByte.isNameStart(line[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < line.count, ConfigByte.isNamePart(line[index]) { index += 1 }
            let name = String(decoding: line[start..<index], as: UTF8.self)
            var end = index
            if end < line.count, line[end] == UInt8(ascii: "["),
                let close = line[end...].firstIndex(of: UInt8(ascii: "]"))
            {
                end = close + 1
            }
            let rest = line[end...]
            guard rest.starts(with: "=".utf8) || rest.starts(with: "+=".utf8) else { continue }
            found.append((start, name))
            if end > index { found.append((start, String(decoding: line[start..<end], as: UTF8.self))) }
        }
        return found
    }
}
