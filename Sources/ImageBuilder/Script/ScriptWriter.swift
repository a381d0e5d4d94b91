import DeviceTree
import UBoot

/// Writes the script of a plan.
struct ScriptWriter {
    var config: TypedConfig
    let plan: BuildPlan
    /// The plan's files by what they are for.
    let files: [FileRole: PlannedFile]
    let options: BuildOptions
    let tree: DeviceTreeDocument?
    let isSkipped: (Int) -> Bool
    /// Text of the extra commands.
    let extra: [UInt8]?
    var script = BootScript()
    /// What refers to ends of event channels.
    var channelPhandles: [ChannelEnd: UInt32] = [:]
    /// The bytes that the edits add to the tree.
    private var room = 0

    init(_ planner: Planner, extra: [UInt8]?) {
        config = planner.config
        plan = planner.plan
        files = Dictionary(planner.plan.files.map { ($0.role, $0) }, uniquingKeysWith: { first, _ in first })
        options = planner.options
        tree = planner.tree
        self.extra = extra
        let copy = planner
        isSkipped = { copy.isSkipped($0) }
    }

    var domainCount: Int { Int(config.number("NUM_DOMUS") ?? 0) }

    // MARK: The parts

    /// The script that loads every file by itself.
    mutating func plainScript() -> BootScript {
        script = BootScript()
        if options.computesOnTarget {
            writeTargetLoads()
        } else {
            for (index, file) in plan.files.enumerated() {
                let text = "\(loader(of: file)) 0x\(upper(file.address)) \(loadName(file))"
                add(text, kind: .load(index), from: file.role.key)
            }
        }
        writeBitstream()
        let head = script
        script = BootScript()
        room = 0
        for file in plan.files { if case .overlay = file.role { room += file.size > 0 ? Int(file.size) : 0x1_0000 } }
        plan.isXen ? writeXen() : writeLinux()
        let edits = script
        script = head
        add("fdt addr \(addressText(.deviceTree))", from: ("DEVICE_TREE", 0))
        add("fdt resize \(resize)")
        for file in plan.files {
            if case .overlay(let index) = file.role {
                add("fdt apply \(addressText(file.role))", from: ("DT_OVERLAY", index))
            }
        }
        script.lines += edits.lines
        writeEnd()
        return script
    }

    /// The script inside a FIT, whose tree is edited already.
    mutating func imageScript() -> BootScript {
        script = BootScript()
        add("fit_addr=$fileaddr")
        for (index, file) in plan.files.enumerated() {
            if case .overlay = file.role { continue }
            let text = "imxtract $fit_addr \(file.role.imageName) 0x\(upper(file.address))"
            add(text, kind: .load(index), from: file.role.key)
        }
        writeBitstream()
        add("fdt addr \(addressText(.deviceTree))", from: ("DEVICE_TREE", 0))
        add("fdt resize 1024")
        writeEnd(isImage: true)
        return script
    }

    /// Bytes for `fdt resize`, hexadecimal: upstream's, or what the edits need with room for those of the boot.
    private var resize: String {
        options.isCompatible
            ? "1024" : "0x\(hexadecimal(UInt64((room + 0x1000 + (extra?.count ?? 0) + 0xfff) & ~0xfff)))"
    }

    private mutating func writeBitstream() {
        guard let file = files[.bitstream] else { return }
        let size =
            options.computesOnTarget
            ? "${\(file.role.imageName)_size}"
            : options.isCompatible ? String(file.size) : "0x\(hexadecimal(file.size))"
        add("fpga load 0 \(addressText(.bitstream)) \(size)", from: ("BITSTREAM", 0))
    }

    private mutating func writeEnd(isImage: Bool = false) {
        add("setenv fdt_high 0xffffffffffffffff")
        if config.flag("DBG_FDT_PRINT_CHOSEN") == true { add("fdt print /chosen", from: ("DBG_FDT_PRINT_CHOSEN", 0)) }
        if var extra, !extra.isEmpty {
            let isEnded = extra.last == 10
            if isEnded { extra.removeLast() }
            for line in extra.split(separator: 10, omittingEmptySubsequences: false) {
                script.lines.append(
                    ScriptLine(
                        text: Array(line), kind: .other, key: "APPEND_EXTRA_CMDS",
                        place: config.place("APPEND_EXTRA_CMDS")))
            }
            // Upstream's text runs into the boot command here.
            if !isEnded, options.isCompatible { script.lines[script.lines.count - 1].isEnded = false }
        }
        writeBoot(isImage: isImage)
    }

    private mutating func writeBoot(isImage: Bool) {
        guard let kernel = plan.kernel else { return }
        let key = ("BOOT_CMD", 0)
        let (image, tree) = (addressText(kernel.role), addressText(.deviceTree))
        switch plan.bootCommand {
        case "none":
            add("setenv host_kernel_addr \(image)", from: key)
            add("setenv host_fdt_addr \(tree)", from: key)
        case "bootefi" where !options.isCompatible:
            // Of what a load command did not bring, U-Boot wants to know the size.
            let size = isImage ? ":0x\(upper(kernel.size))" : ""
            add("bootefi \(image)\(size) \(tree)", kind: .boot, from: key)
        default: add("\(plan.bootCommand) \(image) - \(tree)", kind: .boot, from: key)
        }
    }

    // MARK: Lines

    mutating func add(_ text: String, kind: ScriptLine.Kind = .other, from key: (String, Int)? = nil) {
        add(Array(text.utf8), kind: kind, from: key)
    }

    mutating func add(_ text: [UInt8], kind: ScriptLine.Kind = .other, from key: (name: String, index: Int)? = nil) {
        let definition = key.flatMap { KeyTable.find($0.name) }
        let spelling = key.map { definition?.indexing == Optional.none ? $0.name : "\($0.name)[\($0.index)]" }
        let isPlain = definition.map { $0.indexing == .none } ?? true
        script.lines.append(
            ScriptLine(
                text: text, kind: kind, key: isPlain ? key?.name : spelling,
                place: key.flatMap { config.place($0.name, $0.index) }))
    }

    /// `fdt mknod`.
    mutating func makeNode(_ name: String, in parent: String, from key: (String, Int)) {
        room += 12 + (name.utf8.count + 4) & ~3
        add("fdt mknod \(parent) \(name)", from: key)
    }

    /// `fdt set` with a value as text, of so many bytes in the tree.
    mutating func set(_ path: String, _ property: String, _ value: String, bytes: Int, from key: (String, Int)) {
        room += 12 + (bytes + 3) & ~3 + property.utf8.count + 1
        let name = property.hasPrefix("#") ? "\\" + property : property
        add("fdt set \(path) \(name)" + (value.isEmpty ? "" : " " + value), from: key)
    }

    mutating func flag(_ path: String, _ property: String, from key: (String, Int)) {
        set(path, property, "", bytes: 0, from: key)
    }

    mutating func cell(_ path: String, _ property: String, _ value: UInt64, from key: (String, Int)) {
        set(path, property, "<\(value)>", bytes: 4, from: key)
    }

    /// Several strings; two blanks stand before them, as in upstream's texts.
    mutating func strings(_ path: String, _ property: String, _ values: [String], from key: (String, Int)) {
        let text = values.map { "\"\($0)\"" }.joined(separator: " ")
        set(path, property, " " + text, bytes: values.reduce(0) { $0 + $1.utf8.count + 1 }, from: key)
    }

    /// A string of any bytes; what cannot be written becomes a finding.
    mutating func string(_ path: String, _ property: String, _ value: [UInt8], from key: (name: String, index: Int)) {
        room += 12 + (value.count + 4) & ~3 + property.utf8.count + 1
        do {
            let word = options.isCompatible ? ScriptString.upstreamWord(value) : try ScriptString.word(value)
            add(Array("fdt set \(path) \(property) ".utf8) + word, from: key)
        } catch {
            let isPlain = KeyTable.find(key.name)?.indexing == KeyDefinition.Indexing.none
            let spelling = isPlain ? key.name : "\(key.name)[\(key.index)]"
            config.add(
                .error, "IB-STRING", "\(spelling): \((error as ScriptString.Problem).text)",
                config.place(key.name, key.index))
        }
    }

    /// The address of a file, as a number or as the variable that has it on the target.
    func addressText(_ role: FileRole) -> String {
        if options.computesOnTarget { return "${\(role.imageName)_addr}" }
        return "0x\(upper(files[role]?.address ?? 0))"
    }

    func upper(_ value: UInt64) -> String { hexadecimal(value, upper: true) }

    /// The name behind the prefix, for loads.
    func loadName(_ file: PlannedFile) -> String {
        let name = plan.wraps(file) ? Self.wrappedName(file.loadName) : file.loadName
        return options.prefixed(name)
    }

    static func wrappedName(_ name: String) -> String { name + ".ub" }

    /// The command that loads a file.
    func loader(of file: PlannedFile) -> String {
        let key: (String, Int)? =
            switch file.role {
            case .xen, .deviceTree, .policy: ("XEN_LOAD", 0)
            case .dom0Kernel, .dom0Ramdisk: ("DOM0_LOAD", 0)
            case .domainKernel(let index), .domainRamdisk(let index), .domainTree(let index): ("DOMU_LOAD", index)
            default: nil
            }
        return key.flatMap { config.text($0.0, $0.1) } ?? plan.loader
    }

    /// `reg` of a module: four cells with a blank before the end.
    mutating func reg(_ path: String, _ file: PlannedFile, from key: (String, Int)) {
        if options.computesOnTarget {
            let name = file.role.imageName
            if isNarrow {
                set(path, "reg", "<0x0 0x${\(name)_addr} 0x0 0x${\(name)_size}>", bytes: 16, from: key)
                return
            }
            for (variable, suffix) in [("addr", "addr"), ("size", "size")] {
                add("setexpr \(variable)_hi ${\(name)_\(suffix)} / 0x100000000", from: key)
                add("setexpr \(variable)_lo ${\(name)_\(suffix)} \"&\" 0xffffffff", from: key)
            }
            set(path, "reg", "<0x${addr_hi} 0x${addr_lo} 0x${size_hi} 0x${size_lo}>", bytes: 16, from: key)
            return
        }
        func cells(_ value: UInt64) -> String { "0x\(upper(value >> 32)) 0x\(upper(value & 0xffff_ffff))" }
        set(path, "reg", "<\(cells(file.address)) \(cells(file.size)) >", bytes: 16, from: key)
    }

    /// Whether U-Boot calculates with 32 bits, in which larger numbers are cut: `bootz` is of such boards alone.
    private var isNarrow: Bool { plan.bootCommand == "bootz" }

    /// The loads of a script that works the addresses out as it goes.
    private mutating func writeTargetLoads() {
        add("setenv memaddr \(upper(plan.scriptAddress + 0x20_0000))", from: ("MEMORY_START", 0))
        defer {
            if files[.deviceTree] == nil {
                // U-Boot's own tree has no room where it lies; `fdt addr` takes the copy.
                add("fdt addr ${fdtcontroladdr}")
                add("fdt move ${fdtcontroladdr} ${memaddr}")
                add("setenv host_fdt_addr ${memaddr}")
            }
        }
        for (index, file) in plan.files.enumerated() {
            let (name, key) = (file.role.imageName, file.role.key)
            add("\(loader(of: file)) ${memaddr} \(loadName(file))", kind: .load(index), from: key)
            add("setenv \(name)_addr ${memaddr}", from: key)
            add("setenv \(name)_size ${filesize}", from: key)
            let taken = max(file.size, file.imageSize ?? 0)
            if taken > file.size {
                add("setexpr memaddr ${memaddr} + 0x\(hexadecimal(taken))", from: key)
            } else {
                add("setexpr memaddr ${memaddr} + ${filesize}", from: key)
            }
            add("setexpr memaddr ${memaddr} + 0x1FFFFF", from: key)
            add("setexpr memaddr ${memaddr} \"&\" 0x\(isNarrow ? "" : "FFFFFFFF")FFE00000", from: key)
        }
    }
}
