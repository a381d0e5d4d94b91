import UBoot

/// The source of a FIT image, as mkimage takes it.
struct FITSource {
    let plan: BuildPlan
    /// The hint of the key that signs; nil for hashes.
    let hint: String?
    /// Whether the image has the boot script.
    let hasScript: Bool
    /// The name of the file with an image's data.
    let data: (String) -> String

    var text: String {
        var text = """
            /dts-v1/;
            / {
                description = "Configuration from Imagebuilder to load Xen/Linux";
                #address-cells = <1>;
                images {

            """
        for image in images { text += node(image) }
        return text + "    };\n" + configuration + "};\n"
    }

    private struct Image {
        var name: String
        var description: String
        var type: String
        var os: Bool
        var address: UInt64
        var hasEntry = false
        var hasArchitecture = true
        var compatible: String?
    }

    private var images: [Image] {
        let system = plan.isXen ? "xen" : "linux"
        var images: [Image] = []
        func add(_ role: FileRole, _ description: String, _ type: String, os: Bool = true, entry: Bool = false) {
            guard let file = plan[role] else { return }
            images.append(
                Image(
                    name: role.imageName, description: description, type: type, os: os, address: file.address,
                    hasEntry: entry))
        }
        add(.deviceTree, "\(system) fdt", "flat_dt", os: false)
        add(plan.isXen ? .xen : .linux, "\(system) kernel", "kernel", entry: true)
        add(.policy, "xen policy", "firmware", os: false)
        add(.dom0Ramdisk, "dom0 ramdisk", "ramdisk")
        add(.linuxRamdisk, "host ramdisk", "ramdisk")
        add(.dom0Kernel, "dom0 linux kernel binary", "kernel")
        for file in plan.files {
            guard case .domainKernel(let index) = file.role else { continue }
            add(.domainKernel(index), "domU\(index) kernel binary", "kernel")
            add(.domainRamdisk(index), "domU\(index) ramdisk", "ramdisk")
            add(.domainTree(index), "domU\(index) fdt", "flat_dt", os: false)
        }
        add(.bitstream, "FPGA bit stream", "fpga", os: false)
        if images.last?.name == FileRole.bitstream.imageName {
            images[images.count - 1].compatible = "u-boot,fpga-legacy"
        }
        guard hasScript else { return images }
        return images + [
            Image(
                name: "boot_scr", description: "imagebuilder's boot script", type: "script", os: false,
                address: plan.scriptAddress, hasEntry: true, hasArchitecture: false)
        ]
    }

    private func node(_ image: Image) -> String {
        var lines = [
            "description = \"\(image.description)\";", "data = /incbin/(\"\(data(image.name))\");",
            "type = \"\(image.type)\";",
        ]
        if image.hasArchitecture { lines.append("arch = \"arm64\";") }
        if image.os { lines.append("os = \"linux\";") }
        lines.append("compression = \"none\";")
        if let compatible = image.compatible { lines.append("compatible = \"\(compatible)\";") }
        lines.append("load = <0x\(hexadecimal(image.address, upper: true))>;")
        if image.hasEntry { lines.append("entry = <0x\(hexadecimal(image.address, upper: true))>;") }
        let check =
            hint.map { ["signature {", "    algo = \"sha1,rsa2048\";", "    key-name-hint = \"\($0)\";", "};"] }
            ?? ["hash {", "    algo = \"md5\";", "};"]
        let body = (lines + check).map { "            \($0)\n" }.joined()
        return "        \(image.name) {\n\(body)        };\n"
    }

    private var configuration: String {
        var lines = [
            "description = \"Imagebuilder \(plan.isXen ? "xen" : "linux")\";", "kernel = \"host_kernel\";",
            "fdt = \"host_fdt\";",
        ]
        if plan.isXen {
            let loadables = plan.files.filter {
                switch $0.role {
                case .dom0Kernel, .dom0Ramdisk, .domainKernel, .domainRamdisk, .domainTree, .policy: true
                default: false
                }
            }
            if !loadables.isEmpty {
                lines.append("loadables = \(loadables.map { "\"\($0.role.imageName)\"" }.joined(separator: ", "));")
            }
        } else if plan[.linuxRamdisk] != nil {
            lines.append("ramdisk = \"host_ramdisk\";")
        }
        if plan[.bitstream] != nil { lines.append("fpga = \"fpga_bitstream\";") }
        let body = lines.map { "            \($0)\n" }.joined()
        return "    configurations {\n        default = \"config\";\n        config {\n\(body)        };\n    };\n"
    }
}
