@testable import UBoot

/// The board of the recordings: QEMU's arm64 `virt` with 2 GiB and Debian's U-Boot 2023.01, as far as tests need it.
enum TestBoard {
    static let version = "2023.01+dfsg-2+deb12u3"
    static let ramStart: Address = 0x4000_0000
    static let reserved = AddressRange(start: 0xbddb_2000, size: 0x224_e000)

    /// Bytes at an address before anything runs.
    typealias Preset = (bytes: [UInt8], address: Address)

    static let environment: [ByteString: ByteString] = [
        "arch": "arm", "baudrate": "115200", "board": "qemu-arm", "bootcmd": "run distro_bootcmd", "bootdelay": "2",
        "ethaddr": "52:52:52:52:52:52", "fdt_addr": "0x40000000", "fdt_high": "0xffffffff",
        "initrd_high": "0xffffffff", "kernel_addr_r": "0x40400000", "loadaddr": "0x40200000",
        "ramdisk_addr_r": "0x44000000", "scriptaddr": "0x40200000", "stderr": "pl011@9000000",
        "stdin": "pl011@9000000", "stdout": "pl011@9000000",
    ]

    static func description(ramByteCount: UInt64 = 0x8000_0000) -> MachineDescription {
        var description = MachineDescription(
            name: "test", version: version,
            banks: [
                .init(kind: .rom, range: AddressRange(start: 0, size: 0x800_0000)),
                .init(kind: .bus, range: AddressRange(start: 0x800_0000, size: 0x3800_0000)),
                .init(kind: .ram, range: AddressRange(start: ramStart, size: ramByteCount)),
            ])
        description.versionText = "U-Boot \(version)\n\ncompiler\nlinker\n"
        description.reserved = ramByteCount == 0x8000_0000 ? [reserved] : []
        description.presets = [.init(label: nil, address: 0, bytes: [0x0a])]
        description.defaultEnvironment = environment
        description.consoleDevices = ["pl011@9000000"]
        description.loadAddress = 0x4020_0000
        description.commands = commandNames
        description.fdtFeatures = ["checksign"]
        description.network = .init(
            device: "virtio-net#32",
            leases: [
                "ipaddr": "10.0.2.15", "netmask": "255.255.255.0", "gatewayip": "10.0.2.2", "dnsip": "10.0.2.3",
                "serverip": "10.0.2.2",
            ])
        return description
    }

    /// A machine with bytes in memory.
    static func machine(
        with presets: [Preset] = [], ramByteCount: UInt64 = 0x8000_0000, limits: Limits = Limits(),
        version: String? = nil
    ) throws -> Machine {
        var description = description(ramByteCount: ramByteCount)
        if let version { description.version = version }
        let machine = try Machine(description, limits: limits)
        for preset in presets { try machine.memory.preset(preset.bytes, at: preset.address) }
        return machine
    }

    static let commandNames = Set(
        """
        ? base bdinfo blkcache boot bootd bootefi bootelf bootflow booti bootm bootp bootvx chpart
        cmp coninfo cp crc32 date dfu dhcp dm echo editenv env erase exit ext2load ext2ls ext4load ext4ls ext4size
        false fatinfo fatload fatls fatmkdir fatrm fatsize fatwrite fdt flinfo fstype fstypes go gzwrite help iminfo
        imxtract itest ln load loadb loads loadx loady loop ls lzmadec md mii mm mtd mtdparts mw net nfs nm nvme panic
        part pci ping poweroff printenv protect pxe qfw random reset run save saveenv scsi scsiboot setenv setexpr
        showvar size sleep source sysboot test tftpboot tpm tpm2 true unlz4 unzip usb usbboot version virtio
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
