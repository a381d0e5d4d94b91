import BootImages
import DeviceTree
import Glibc
import UBoot

extension Planner {
    mutating func collectFiles() {
        var roles: [FileRole] = []
        if plan.isXen {
            roles += [.dom0Kernel, .dom0Ramdisk]
            for index in 0..<domainCount where !isSkipped(index) {
                roles += [.domainKernel(index), .domainRamdisk(index), .domainTree(index)]
            }
            roles += [.xen, .policy]
        } else {
            roles += [.linux, .linuxRamdisk]
        }
        let overlays = Int(config.number("NUM_DT_OVERLAY") ?? 0)
        roles += (0..<overlays).map { .overlay($0) }
        roles += [.deviceTree, .bitstream]
        for role in roles { add(role) }
        decideHeader()
    }

    /// Whether the kernel gets a header for `bootm`; upstream does not think of Linux by itself.
    private mutating func decideHeader() {
        let role: FileRole = plan.isXen ? .xen : .linux
        guard plan.bootCommand == "bootm", options.loadCommand != "fit_std", plan.isXen || !options.isCompatible,
            let index = plan.files.firstIndex(where: { $0.role == role }), plan.files[index].kind != .legacyImage
        else { return }
        plan.wrapsKernel = true
        plan.files[index].size += 64
        if options.computesOnTarget {
            error(
                "IB-ON-TARGET", "-s and bootm exclude each other: the kernel's header says where it is loaded",
                "BOOT_CMD")
        }
    }

    private mutating func add(_ role: FileRole) {
        let (key, index) = role.key
        if case .domainTree(let domain) = role, let made = madeTrees[domain] {
            plan.files.append(
                PlannedFile(
                    role: role, path: HostPath.folded(made.name, in: folder), loadName: made.name, kind: .deviceTree,
                    size: UInt64(madeTreeBytes[domain]?.count ?? 0),
                    place: config.place("DOMU_PASSTHROUGH_PATHS", domain)))
            return
        }
        guard let name = config.text(key, index) else {
            switch role {
            case .overlay(let index):
                config.add(
                    .error, "IB-OVERLAY", "DT_OVERLAY[\(index)] is not set, but NUM_DT_OVERLAY is larger",
                    config.place("NUM_DT_OVERLAY"))
            case .deviceTree where !options.computesOnTarget:
                config.add(.error, "IB-DEVICE-TREE", "DEVICE_TREE is not set: the script edits it", nil)
            default: break
            }
            return
        }
        add(role, name: name, path: HostPath.folded(name, in: folder), place: config.place(key, index))
    }

    private mutating func add(_ role: FileRole, name: String, path: String, place: ScriptPlace?) {
        let loadName = HostPath.below(path, folder) ?? linkedName(path)
        if loadName == nil, !options.isCompatible {
            config.add(
                .error, "IB-FILE-OUTSIDE", "\(role.spelling): '\(name)' lies outside of the folder \(folder)", place)
            return
        }
        guard Self.isLoadable(loadName ?? path) else {
            config.add(
                .error, "IB-FILE-NAME",
                "\(role.spelling): expected a name without blanks, quotes and what U-Boot replaces, found '\(name)'",
                place)
            return
        }
        let file: HostFile
        do {
            file = try HostFile(path)
        } catch {
            // Who loads files where they are needed need not have them here.
            guard options.computesOnTarget, error == ErrorNumber(ENOENT) else {
                config.add(.error, "IB-FILE-MISSING", "\(role.spelling): '\(name)': \(error)", place)
                return
            }
            config.add(
                .warning, "IB-FILE-MISSING",
                "\(role.spelling): '\(name)' is not here: it is not checked, and the script is not simulated", place)
            plan.hasAllFiles = false
            plan.files.append(
                PlannedFile(role: role, path: path, loadName: loadName ?? path, kind: .unknown, size: 0, place: place))
            return
        }
        if let problem = FileCheck.problem(role, file, plan, options) {
            config.add(.error, "IB-FILE-KIND", "\(role.spelling): '\(name)': \(problem)", place)
            return
        }
        if case .deviceTree = role { readTree(path, name, place) }
        if case .overlay = role { checkOverlay(path, name, place) }
        plan.files.append(
            PlannedFile(
                role: role, path: path, loadName: loadName ?? path, kind: file.kind, size: file.size,
                imageSize: file.imageSize, place: place))
    }

    /// The name below the folder of a file that a link leads to; nil if it lies elsewhere.
    private func linkedName(_ path: String) -> String? {
        guard !options.isCompatible, let slash = path.lastIndex(of: "/") else { return nil }
        return HostPath.real(String(path[..<slash])).flatMap {
            HostPath.below($0 + path[slash...], folder)
        }
    }

    static func isLoadable(_ name: String) -> Bool {
        name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && !"\"'$\\;&|#*?[".utf8.contains($0) }
    }

    private mutating func readTree(_ path: String, _ name: String, _ place: ScriptPlace?) {
        do {
            guard let bytes = try RegularFile.read(path, limit: 64 << 20) else { throw ErrorNumber(27) }
            tree = try DeviceTreeDocument(blob: bytes)
        } catch {
            config.add(.error, "IB-FILE-KIND", "DEVICE_TREE: '\(name)': damaged device tree: \(error)", place)
        }
    }

    private mutating func checkOverlay(_ path: String, _ name: String, _ place: ScriptPlace?) {
        guard let bytes = try? RegularFile.read(path, limit: 64 << 20),
            let overlay = try? DeviceTreeDocument(blob: bytes)
        else {
            config.add(.error, "IB-FILE-KIND", "DT_OVERLAY: '\(name)': damaged device tree", place)
            return
        }
        let isOverlay = overlay.root.children.contains { $0.child(named: Array("__overlay__".utf8)) != nil }
        if !isOverlay {
            config.add(
                .error, "IB-FILE-KIND", "DT_OVERLAY: '\(name)': expected an overlay with fragments, found a plain tree",
                place)
        }
    }
}

/// Whether a file is what its key needs.
enum FileCheck {
    static func problem(
        _ role: FileRole, _ file: HostFile, _ plan: BuildPlan, _ options: BuildOptions
    ) -> String? {
        guard file.size > 0 else { return "the file is empty" }
        let kind = file.innerKind
        switch role {
        case .dom0Kernel, .domainKernel, .xen, .linux:
            switch kind {
            case .arm64Image, .zImage, .elf, .pe, .unknown: return nil
            case .legacyImage where role != .xen && role != .linux: return nil
            case .legacyImage where role == .linux && plan.bootCommand == "bootm" && !options.isCompatible: return nil
            case .xz, .zstd, .bzip2, .lz4Frame, .lz4Legacy, .lzma, .lzo:
                return plan.isXen ? "expected a kernel, plain or with gzip; Xen does not unpack a \(kind)" : nil
            default: return "expected a kernel, found \(named(kind, file))"
            }
        case .dom0Ramdisk, .domainRamdisk, .linuxRamdisk:
            switch kind {
            case .cpio, .xz, .zstd, .bzip2, .lz4Frame, .lz4Legacy, .lzma, .lzo: return nil
            default: return "expected a cpio archive, found \(named(kind, file))"
            }
        case .domainTree, .deviceTree, .overlay:
            return file.kind == .deviceTree ? nil : "expected a flattened device tree, found \(named(kind, file))"
        case .bitstream:
            let isBit = file.head.starts(with: [0x00, 0x09, 0x0f, 0xf0])
            return isBit ? nil : "expected a bitstream with a header (.bit), found \(named(kind, file))"
        case .policy:
            return file.head.starts(with: [0x8c, 0xff, 0x7c, 0xf9])
                ? nil : "expected a compiled policy, found \(named(kind, file))"
        }
    }

    private static func named(_ kind: ImageKind, _ file: HostFile) -> String {
        let name = kind == .unknown ? "something else" : "\(kind)"
        return file.kind == .gzip ? "\(name) in a gzip file" : name
    }
}
