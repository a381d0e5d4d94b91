import ImageBuilder
import UBoot

/// Reads a config, or runs it where that is allowed.
struct ConfigReader {
    let path: String
    let allowsShell: Bool
    /// Variables of the environment that are keys.
    let environment: [String]

    /// The bytes, the variables, and what the config printed.
    func read() throws(ToolError) -> (bytes: [UInt8], variables: ConfigVariables, printed: String) {
        let bytes = try InputFile.read(path, limit: 4 << 20, option: "nothing")
        var given: [String: [UInt8]] = [:]
        for name in environment {
            guard let value = Tool.variable(name) else {
                throw ToolError(message: "--env \(name): the environment has no such variable")
            }
            given[name] = Array(value.utf8)
        }
        if allowsShell {
            do throws(ShellConfig.Failure) {
                let variables = given.map { "\($0.key)=\(String(decoding: $0.value, as: UTF8.self))" }.sorted()
                let (read, printed) = try ShellConfig.run(path, bytes: bytes, name: path, environment: variables)
                return (bytes, read, printed)
            } catch {
                throw ToolError(message: "\(path): \(error)")
            }
        }
        let folder = HostFolder.current
        do throws(ConfigError) {
            var references = given
            references["PWD"] = Array(folder.utf8)
            var variables = try ConfigParser.parse(bytes, name: path, given: references)
            variables.addMissing(given)
            return (bytes, variables, "")
        } catch {
            throw ToolError(message: "\(error.place): error: \(error)")
        }
    }
}
