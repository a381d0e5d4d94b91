internal import Emulation
internal import Glibc

/// Makes a raw image for arm64 of a source in assembly language, with Swift's clang and its tools.
enum GuestAssembler {
    /// Assembles a file; the image's origin is its first byte.
    static func assemble(_ source: String, to target: String, cache: ArtifactCache) throws(ArtifactError) {
        let clang = try tool("clang")
        let objcopy = try tool("llvm-objcopy")
        let linked = try cache.workFile()
        defer { Folders.remove(linked) }
        try run(
            clang,
            [
                "--target=aarch64-none-elf", "-nostdlib", "-fuse-ld=lld", "-Wl,--image-base=0", "-Wl,-Ttext=0x1000",
                "-Wl,-e,_start", "-Wl,--build-id=none", "-o", linked, source,
            ])
        try run(objcopy, ["-O", "binary", "-j", ".text", linked, target])
    }

    private static func run(_ program: String, _ words: [String]) throws(ArtifactError) {
        do throws(ProgramCall.Failure) {
            var call = ProgramCall(program, words)
            let folder = program[..<(program.lastIndex(of: "/") ?? program.startIndex)]
            call.environment = ["PATH=\(folder):/usr/bin:/bin", "LC_ALL=C"]
            let outcome = try call.run()
            guard outcome.isSuccess else {
                let reason = outcome.errors.split(separator: "\n").first.map(String.init) ?? "\(outcome.ending)"
                throw ProgramCall.Failure.system(SystemError("\(reason) (\(program))", EINVAL))
            }
        } catch .system(let error) {
            throw ArtifactError(error.action, isUsage: true)
        } catch {
            throw ArtifactError("\(error)")
        }
    }

    /// A tool beside the Swift compiler, or on the path.
    private static func tool(_ name: String) throws(ArtifactError) -> String {
        let folders = (environmentVariable("PATH") ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
        for folder in folders {
            guard let swift = realPath("\(folder)/swift"), let slash = swift.lastIndex(of: "/") else { continue }
            let candidate = "\(swift[..<slash])/\(name)"
            if unsafe access(candidate, X_OK) == 0 { return candidate }
        }
        for folder in folders where unsafe access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
        throw ArtifactError("\(name) is missing: the Swift toolchain has it, or the packages clang, lld and llvm")
    }

    private static func realPath(_ path: String) -> String? {
        guard let pointer = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(pointer) }
        return unsafe String(cString: pointer)
    }
}
