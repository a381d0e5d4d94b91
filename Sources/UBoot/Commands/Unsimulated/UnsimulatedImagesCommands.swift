extension UnsimulatedCommands {
    /// Commands that unpack and start images.
    static let images: [CommandDefinition] = [
        CommandDefinition(
            "bootflow", minimumArguments: 2, maximumArguments: 16, summary: "Boot flows",
            usage: """
                scan - boot first available bootflow

                """,
            body: nil),
        CommandDefinition(
            "bootefi", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
            summary: "Boots an EFI payload from memory",
            usage: """
                <image address>[:<image size>] [<fdt address>]
                  - boot EFI payload
                bootefi hello
                  - boot a sample Hello World application stored within U-Boot
                bootefi selftest [fdt address]
                  - boot an EFI selftest application stored within U-Boot
                    Use environment variable efi_selftest to select a single test.
                    Use 'setenv efi_selftest list' to enumerate all tests.
                bootefi bootmgr [fdt address]
                  - load and boot EFI payload based on BootOrder/BootXXXX variables.

                    If specified, the device tree located at <fdt address> gets
                    exposed as EFI configuration table.

                """,
            body: nil),
        CommandDefinition(
            "bootvx", maximumArguments: 2, isRepeatable: false, summary: "Boot vxWorks from an ELF image",
            usage: " [address] - load address of vxWorks ELF image.",
            body: nil),
    ]
}
