import UBoot

/// A key that signs, as `DIR/HINT`.
struct FITKey {
    let folder: String
    let hint: String

    /// Nil for no key; a key whose files cannot be read is an error.
    init?(_ text: String?, folder base: String) throws(OutputError) {
        guard let text else { return nil }
        guard let slash = text.lastIndex(of: "/") else {
            throw OutputError(path: text, problem: "expected the key as DIR/HINT, found no '/'")
        }
        hint = String(text[text.index(after: slash)...])
        guard !hint.isEmpty, hint.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && !"\"\\".utf8.contains($0) }) else {
            throw OutputError(
                path: text, problem: "expected a hint without blanks, quotes and backslashes behind the '/'")
        }
        folder = HostPath.folded(String(text[..<slash]), in: base)
        for suffix in [".key", ".crt"] {
            let path = "\(folder)/\(hint)\(suffix)"
            do {
                _ = try HostFile(path)
            } catch {
                throw OutputError(path: path, problem: "the key cannot be read: \(error)")
            }
        }
    }
}

/// Makes a FIT with mkimage.
struct FITImageMaker {
    let plan: BuildPlan
    let edited: [UInt8]
    let script: [UInt8]
    let wrapped: [UInt8]?

    /// The image, and the control device tree with the key if one was given.
    func make(
        _ source: (@escaping (String) -> String) -> FITSource, trees: [Int: [UInt8]], key: FITKey?, control: String?,
        time: UInt32
    ) throws -> (image: [UInt8], control: [UInt8]?) {
        for file in plan.files where file.end >> 32 != 0 {
            throw OutputError(path: file.loadName, problem: "a FIT has no addresses above 4 GiB, and it lies there")
        }
        let scratch = try ScratchFolder()
        var paths: [String: String] = [:]
        for file in plan.files {
            switch file.role {
            case .deviceTree: paths[file.role.imageName] = try scratch.add("fdt", edited)
            case .xen, .linux:
                paths[file.role.imageName] = try wrapped.map { try scratch.add("kernel.ub", $0) } ?? file.path
            case .domainTree(let index) where trees[index] != nil:
                paths[file.role.imageName] = try scratch.add("domU\(index).dtb", trees[index] ?? [])
            default: paths[file.role.imageName] = file.path
            }
        }
        paths["boot_scr"] = try scratch.add("boot.source", script)
        let text = source { paths[$0] ?? $0 }.text
        let its = try scratch.add("image.its", Array(text.utf8))
        let image = scratch.name("image.fit")
        var words = ["mkimage", "-q", "-f", its]
        var controlCopy: String?
        if let key {
            words += ["-r", "-k", key.folder]
            if let control {
                let bytes = try Self.read(control)
                let copy = try scratch.add("control.dtb", bytes)
                controlCopy = copy
                words += ["-K", copy]
            }
        }
        words.append(image)
        let result: ChildProcess.Result
        do {
            result = try ChildProcess.run(
                words, environment: ["PATH=/usr/local/bin:/usr/bin:/bin", "SOURCE_DATE_EPOCH=\(time)"])
        } catch {
            throw OutputError(path: "mkimage", problem: "cannot be run (Debian's package u-boot-tools): \(error)")
        }
        let errors = String(decoding: result.errors, as: UTF8.self)
        guard result.status == 0, !errors.contains("Failed to"), !errors.contains("Can't") else {
            throw OutputError(
                path: "mkimage", problem: "failed: \(errors.split(separator: "\n").joined(separator: "; "))")
        }
        guard let bytes = try RegularFile.read(image, limit: 2 << 30) else {
            throw OutputError(path: image, problem: "larger than 2 GiB")
        }
        let newControl = try controlCopy.map { try RegularFile.read($0, limit: 64 << 20) ?? [] }
        return (bytes, newControl)
    }

    /// U-Boot's device tree.
    private static func read(_ path: String) throws(OutputError) -> [UInt8] {
        do {
            if let bytes = try RegularFile.read(path, limit: 64 << 20) { return bytes }
        } catch {
            throw OutputError(path: path, problem: "\(error)")
        }
        throw OutputError(path: path, problem: "larger than 64 MiB")
    }
}
