import Glibc
import UBoot

/// Where clones of repositories stay between runs.
enum CacheFolder {
    private static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `$XDG_CACHE_HOME/ibtest`, or `~/.cache/ibtest`.
    static var path: String {
        (variable("XDG_CACHE_HOME") ?? (variable("HOME") ?? "/tmp") + "/.cache") + "/ibtest"
    }

    /// What git needs to find its keys and proxies, and that it must not ask for passwords.
    static var gitEnvironment: [String] {
        let names = ["HOME", "SSH_AUTH_SOCK", "http_proxy", "https_proxy", "GIT_SSH_COMMAND"]
        return names.compactMap { name in variable(name).map { "\(name)=\($0)" } } + ["GIT_TERMINAL_PROMPT=0"]
    }

    /// The name of what comes from a URL: what can be read of it, and a number, so that no two have the same.
    static func name(of url: String) -> String {
        let text = String(url.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        let number = url.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "\(text.prefix(100))-\(hexadecimal(number, width: 16))"
    }

    static func make() throws(OutputError) {
        var folder = ""
        for part in path.split(separator: "/") {
            folder += "/" + part
            guard unsafe mkdir(folder, 0o755) == 0 || errno == EEXIST else {
                throw OutputError(path: folder, problem: "\(ErrorNumber(errno))")
            }
        }
    }
}
