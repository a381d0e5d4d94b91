internal import UBoot
internal import YAML

/// Variables as `printenv` prints them, one `NAME=VALUE` per line.
///
/// Lines that begin with `#` and empty ones mean nothing, nor does the last line that `printenv` adds. A variable
/// without a value is left out, as U-Boot itself does when it reads its defaults.
struct EnvironmentFile {
    var variables: [ByteString: ByteString] = [:]

    init(_ bytes: [UInt8], file: String) throws(BoardError) {
        let lineFeed = UInt8(ascii: "\n")
        for (index, var line) in bytes.split(separator: lineFeed, omittingEmptySubsequences: false).enumerated() {
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard let first = line.first, first != UInt8(ascii: "#"), !Self.isSummary(line) else { continue }
            let place = SourcePlace(file: file, mark: SourceMark(line: index + 1, column: 1), path: "")
            let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else { throw BoardError(.notAVariable, at: place) }
            let name = ByteString(parts[0])
            guard !name.bytes.contains(0), !parts[1].contains(0) else {
                throw BoardError(.badVariableName(name.display), at: place)
            }
            guard variables[name] == nil else { throw BoardError(.duplicateVariable(name.display), at: place) }
            if !parts[1].isEmpty { variables[name] = ByteString(parts[1]) }
        }
    }

    private static func isSummary(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: "Environment size: ".utf8) && !line.contains(UInt8(ascii: "="))
    }
}
