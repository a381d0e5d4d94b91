import BootImages
import DeviceTree
internal import NearestName
public import UBoot

/// What came of a build.
public struct BuildResult: Sendable {
    /// The plan.
    public var plan: BuildPlan
    /// The script, as it is written.
    public var script = BootScript()
    /// What is wrong with the config.
    public var findings: [ConfigFinding] = []
    /// What is to be written; empty after an error.
    public var outputs = OutputSet()
    /// The files that were read.
    public var inputs: [String] = []
    /// What happened when it ran; nil if it was not run.
    public var record: BootRecord?
    /// What the record calls the script.
    public var scriptName = ""
    /// The two lines that say how to use the outputs.
    public var hint = ""

    /// The line that starts the kernel; nil if there is none.
    public var boot: ScriptLine? { script.lines.last { $0.kind == .boot } }

    /// Whether nothing can be made of the config.
    public var hasError: Bool { findings.contains { $0.severity == .error } }
}

/// Makes everything that a config asks for, in memory.
public struct Builder {
    private let options: BuildOptions
    private let simulation: PlanSimulation
    private let runs: Bool
    private var planner: Planner
    private var result: BuildResult
    private var extra: [UInt8]?
    private var wrapped: [UInt8]?

    /// Builds a config's outputs; nothing is written but scratch files, which go again.
    ///
    /// - Parameters:
    ///   - config: the config.
    ///   - options: what else is asked for.
    ///   - simulation: where the script runs.
    ///   - runs: whether it runs at all.
    /// - Returns: the outputs, and what is wrong.
    public static func build(
        _ config: TypedConfig, _ options: BuildOptions, simulation: PlanSimulation, runs: Bool = true
    ) -> BuildResult {
        guard let folder = HostPath.real(options.folder), HostPath.isFolder(folder) else {
            var result = BuildResult(plan: BuildPlan(isXen: false))
            result.findings = [
                ConfigFinding(
                    rule: "IB-FOLDER", severity: .error, message: "'\(options.folder)' is no folder: -d names none")
            ]
            return result
        }
        var builder = Builder(config, options, simulation, runs, folder)
        builder.run()
        return builder.result
    }

    private init(
        _ config: TypedConfig, _ options: BuildOptions, _ simulation: PlanSimulation, _ runs: Bool, _ folder: String
    ) {
        self.options = options
        self.simulation = simulation
        self.runs = runs
        planner = Planner(config, options, folder: folder)
        result = BuildResult(plan: planner.plan)
    }

    private var config: TypedConfig { planner.config }
    private var standard: Bool { options.loadCommand == "fit_std" }

    private mutating func run() {
        preparePassthrough()
        planner.run()
        checkLoaders()
        readExtra()
        let names = outputNames()
        result.plan = planner.plan
        result.findings = config.findings
        guard !result.hasError, let names else { return }
        var writer = ScriptWriter(planner, extra: extra)
        let plain = writer.plainScript()
        let script = planner.isFIT ? writer.imageScript() : plain
        planner.config = writer.config
        result.findings = config.findings
        result.script = script
        result.scriptName = names.fit ?? names.source
        guard !result.hasError else { return }
        do {
            try wrapKernel()
            try makeOutputs(names, plain)
            result.inputs = planner.plan.files.filter { file in
                if case .domainTree(let index) = file.role { return planner.madeTreeBytes[index] == nil }
                return true
            }.map(\.path)
            if let extra = config.text("APPEND_EXTRA_CMDS") {
                result.inputs.append(HostPath.folded(extra, in: planner.folder))
            }
            try result.outputs.check(inputs: result.inputs)
        } catch {
            planner.config.add(.error, "IB-OUTPUT", "\(error)", nil)
            result.findings = config.findings
            result.outputs.outputs = []
        }
    }

    // MARK: Names

    private struct Names {
        var source: String
        var script: String
        var fit: String?
        var its: String?
        var edited: String?
    }

    private mutating func outputNames() -> Names? {
        let source = options.base.map { $0 + ".source" } ?? config.text("UBOOT_SOURCE")
        guard let source else {
            planner.config.add(
                .error, "IB-OUTPUT", "UBOOT_SOURCE is not set: the config must set it, or -o give it", nil,
                fix: "UBOOT_SOURCE=\"boot.source\"")
            return nil
        }
        let stem = source.hasSuffix(".source") ? String(source.dropLast(7)) : source
        var names = Names(
            source: source, script: options.base.map { $0 + ".scr" } ?? config.text("UBOOT_SCRIPT") ?? stem + ".scr")
        if planner.isFIT {
            let fit = config.text("FIT") ?? stem + ".fit"
            names.fit = fit
            names.its = (fit.hasSuffix(".fit") ? String(fit.dropLast(4)) : fit) + ".its"
            let tree = config.text("DEVICE_TREE") ?? ""
            names.edited =
                config.text("FDTEDIT")
                ?? (tree.hasSuffix(".dtb") ? String(tree.dropLast(4)) : tree) + "-fit.dtb"
        } else {
            names.edited = config.text("FDTEDIT")
            if options.keyHint ?? config.text("FIT_ENC_KEY_DIR") != nil {
                planner.config.add(
                    .error, "IB-KEY-WITHOUT-FIT", "a key signs a FIT, and no FIT is asked for (FIT or -f)",
                    config.place("FIT_ENC_KEY_DIR"))
            }
        }
        for name in [names.source, names.script, names.fit, names.its, names.edited].compactMap(\.self) {
            let path = HostPath.folded(name, in: planner.folder)
            let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
            guard parent.isEmpty || HostPath.isFolder(parent) else {
                planner.config.add(.error, "IB-OUTPUT", "the folder of the output '\(name)' does not exist", nil)
                return nil
            }
        }
        return names
    }

    // MARK: Inputs

    /// Without a board every load is served, whatever the command is; so a misspelt one is looked for here.
    private mutating func checkLoaders() {
        var loaders = [(planner.plan.loader, "LOAD_CMD", 0)]
        loaders += ["XEN_LOAD", "DOM0_LOAD"].compactMap { name in config.text(name).map { ($0, name, 0) } }
        loaders += (0..<planner.domainCount).compactMap { index in
            config.text("DOMU_LOAD", index).map { ($0, "DOMU_LOAD", index) }
        }
        for (loader, name, index) in loaders {
            let words = loader.split(separator: ";").last?.split(separator: " ") ?? []
            guard let word = words.first.map(String.init),
                !simulation.description.commands.contains(where: { $0.hasPrefix(word) })
            else { continue }
            let near = nearestName(to: word, among: simulation.description.commands.sorted())
            planner.config.add(
                .warning, "IB-LOAD-CMD", "'\(word)' is no command that this U-Boot is known to have",
                config.place(name, index), fix: near.map { "did you mean '\($0)'?" })
        }
    }

    private mutating func readExtra() {
        guard let name = config.text("APPEND_EXTRA_CMDS") else { return }
        let place = config.place("APPEND_EXTRA_CMDS")
        do {
            let path = HostPath.folded(name, in: planner.folder)
            guard let bytes = try RegularFile.read(path, limit: 1 << 20) else {
                planner.config.add(.error, "IB-EXTRA", "APPEND_EXTRA_CMDS: '\(name)': larger than 1 MiB", place)
                return
            }
            if let index = bytes.firstIndex(where: { $0 < 0x20 && ![9, 10, 13].contains($0) || $0 == 0x7f }) {
                planner.config.add(
                    .error, "IB-EXTRA",
                    "APPEND_EXTRA_CMDS: '\(name)': expected a text, found the byte 0x\(hexadecimal(UInt64(bytes[index])))",
                    place)
                return
            }
            extra = bytes
            guard !options.isCompatible, bytes.contains(13) else { return }
            // U-Boot takes it for a part of the last word.
            planner.config.add(
                .warning, "IB-EXTRA", "APPEND_EXTRA_CMDS: '\(name)': carriage returns are left out", place)
            extra = bytes.filter { $0 != 13 }
        } catch {
            planner.config.add(.error, "IB-FILE-MISSING", "APPEND_EXTRA_CMDS: '\(name)': \(error)", place)
        }
    }

    private mutating func preparePassthrough() {
        planner.preparePassthrough()
    }

    /// `bootm` starts an image with a header; the kernel gets one beside its file.
    private mutating func wrapKernel() throws {
        guard planner.plan.wrapsKernel, let kernel = planner.plan.kernel else { return }
        guard let load = UInt32(exactly: kernel.address) else {
            throw OutputError(path: kernel.path, problem: "bootm cannot start a kernel above 4 GiB, where it lies")
        }
        guard let data = try RegularFile.read(kernel.path, limit: 1 << 30) else {
            throw OutputError(path: kernel.path, problem: "larger than 1 GiB")
        }
        let isNarrow = options.isCompatible || kernel.kind == .zImage
        let image = LegacyImage(
            type: .kernel, architecture: isNarrow ? .arm : .arm64, time: options.time, loadAddress: load)
        wrapped = try image.encode(data: data)
    }

    // MARK: Outputs

    private func path(_ name: String) -> String { HostPath.folded(name, in: planner.folder) }

    private func server(_ script: BootScript) -> PlanFileServer {
        var files: [String: PlanFileServer.Source] = [:]
        let writer = ScriptWriter(planner, extra: nil)
        for file in planner.plan.files {
            let made: [UInt8]? =
                if planner.plan.wraps(file) { wrapped } else if case .domainTree(let index) = file.role {
                    planner.madeTreeBytes[index]
                } else { nil }
            files[writer.loadName(file)] = made.map { .bytes($0) } ?? .path(file.path)
        }
        return PlanFileServer(
            files: files, prefix: options.loadPrefix ?? "", folder: try? FolderServer(root: planner.folder))
    }

    private mutating func makeOutputs(_ names: Names, _ plain: BootScript) throws {
        let plan = planner.plan
        let text = result.script.text
        // Without a script in the FIT there is none beside it either.
        result.outputs.outputs = standard ? [] : [BuildOutput(path: path(names.source), bytes: text)]
        if let wrapped, let kernel = plan.kernel {
            result.outputs.outputs.append(
                BuildOutput(path: ScriptWriter.wrappedName(kernel.path), bytes: wrapped))
        }
        for (index, bytes) in planner.madeTreeBytes.sorted(by: { $0.key < $1.key }) {
            if let made = planner.madeTrees[index] {
                result.outputs.outputs.append(BuildOutput(path: path(made.name), bytes: bytes))
            }
        }
        if let edited = names.edited, !plan.hasAllFiles {
            throw OutputError(path: edited, problem: "cannot be made without all files")
        }
        let edited = names.edited == nil ? nil : try editedTree(plain)
        if let edited, let name = names.edited {
            result.outputs.outputs.append(BuildOutput(path: path(name), bytes: edited))
        }
        if let fit = names.fit, let its = names.its, let edited {
            try makeFIT(fit, its, names, edited)
        } else {
            let load = UInt32(truncatingIfNeeded: plan.scriptAddress)
            let image = try ScriptImage.encode(text: text, time: options.time, load: load)
            result.outputs.outputs.append(BuildOutput(path: path(names.script), bytes: image))
            let name = options.prefixed(names.script)
            let address = "0x\(hexadecimal(plan.scriptAddress, upper: true))"
            result.hint =
                "Generated uboot script \(names.script), to be loaded at address \(address):\n"
                + "\(plan.loader) \(address) \(name); source \(address)\n"
            guard runs, plan.hasAllFiles else { return }
            let served = simulation.isGeneric ? result.script.servedText : text
            result.record = try simulation.run(served, name: names.source, plan: plan, files: server(plain))
        }
    }

    /// The tree as the script leaves it before the boot, packed.
    private func editedTree(_ plain: BootScript) throws -> [UInt8] {
        var edits = plain
        edits.lines.removeAll { line in
            line.kind == .boot || line.key == "APPEND_EXTRA_CMDS" || line.key == "DBG_FDT_PRINT_CHOSEN"
        }
        // The tree does not depend on the device that the files will come from.
        let text = simulation.canServe ? edits.servedText : edits.text
        let record = try simulation.run(text, name: "edits", plan: planner.plan, files: server(plain))
        guard let bytes = record.treeBytes?.bytes else {
            throw OutputError(path: "FDTEDIT", problem: "the script leaves no device tree")
        }
        // Texts of upstream's may have edits that fail, and the tree is what they leave.
        let failed = record.commands.first { $0.name == "fdt" && $0.status ?? 0 != 0 }
        if !options.isCompatible, let failed {
            let line = edits.line(failed.place.line)
            throw OutputError(
                path: "FDTEDIT",
                problem: "U-Boot refuses '\(String(decoding: line?.text ?? [], as: UTF8.self))', which the tree needs")
        }
        return try DeviceTreeDocument(blob: bytes).blob()
    }

    private mutating func makeFIT(_ fit: String, _ its: String, _ names: Names, _ edited: [UInt8]) throws {
        let plan = planner.plan
        let key = try FITKey(options.keyHint ?? config.text("FIT_ENC_KEY_DIR"), folder: planner.folder)
        let control = options.controlTree ?? config.text("FIT_ENC_UB_DTB")
        let hasScript = !standard
        func source(_ data: @escaping (String) -> String) -> FITSource {
            FITSource(plan: plan, hint: key?.hint, hasScript: hasScript, data: data)
        }
        let named = Dictionary(
            plan.files.map { file in
                (file.role.imageName, plan.wraps(file) ? ScriptWriter.wrappedName(file.loadName) : file.loadName)
            }, uniquingKeysWith: { first, _ in first })
        // mkimage looks for the files beside the source.
        let folder = planner.folder
        let depth = HostPath.below(path(its), folder).map { $0.split(separator: "/").count - 1 }
        let published = source { name in
            let file =
                switch name {
                case "host_fdt": names.edited ?? ""
                case "boot_scr": names.source
                default: named[name] ?? name
                }
            guard !file.hasPrefix("/") else { return file }
            return depth.map { String(repeating: "../", count: $0) + file } ?? folder + "/" + file
        }
        let made = try FITImageMaker(plan: plan, edited: edited, script: result.script.text, wrapped: wrapped)
            .make(source, trees: planner.madeTreeBytes, key: key, control: control.map { path($0) }, time: options.time)
        result.outputs.outputs += [
            BuildOutput(path: path(its), bytes: Array(published.text.utf8)),
            BuildOutput(path: path(fit), bytes: made.image),
        ]
        if let control, let bytes = made.control {
            result.outputs.outputs.append(BuildOutput(path: path(control), bytes: bytes))
        }
        let address = "0x\(hexadecimal(plan.end))"
        let isSpecial = ["fit", "fit_std"].contains(options.loadCommand ?? "")
        let loader = isSpecial ? "tftpb/load mmc 0:1/etc" : plan.loader
        let start = standard ? "bootm \(address)#config" : "source \(address):boot_scr"
        result.hint =
            "Generated uboot FIT image \(fit), to be loaded at or after address \(address):\n"
            + "\(loader) \(address) \(fit); \(start)\n"
        guard runs else { return }
        var files = server(BootScript())
        files.files[fit] = .bytes(made.image)
        // No disk can have it yet.
        let command = simulation.canServe || isSpecial ? "tftpboot" : plan.loader
        result.record = try simulation.run(
            typed: "\(command) \(address) \(fit); \(start)\n", name: "<hint>", plan: plan, files: files,
            control: made.control)
    }
}
