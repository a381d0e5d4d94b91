extension UnsimulatedCommands {
    /// Commands about processors, buses and the build that few boards have.
    static let board: [CommandDefinition] = [
        CommandDefinition(
            "askenv", maximumArguments: 16, summary: "get environment variables from stdin",
            usage: """
                name [message] [size]
                    - get environment variable 'name' from stdin (max 'size' chars)
                """,
            body: nil),
        CommandDefinition(
            "bind", maximumArguments: 4, isRepeatable: false, summary: "Bind a device to a driver",
            usage: """
                <node path> <driver>
                bind <class> <index> <driver>

                """,
            body: nil),
        CommandDefinition(
            "bmp", maximumArguments: 5, summary: "manipulate BMP image data",
            usage: """
                info <imageAddr>          - display image info
                bmp display <imageAddr> [x y] - display image at x,y
                """,
            body: nil),
        CommandDefinition(
            "bootcount", maximumArguments: 2, summary: "bootcount",
            usage: """
                print - print current bootcounter
                reset - reset the bootcounter
                """,
            body: nil),
        CommandDefinition(
            "bootmenu", maximumArguments: 2, summary: "ANSI terminal bootmenu",
            usage: """
                [delay]
                    - show ANSI terminal bootmenu with autoboot delay
                """,
            body: nil),
        CommandDefinition(
            "bootstage", maximumArguments: 4, summary: "Boot stage command",
            usage: """
                 - check boot progress and timing
                report                      - Print a report
                stash [<start> [<size>]]    - Stash data into memory
                unstash [<start> [<size>]]  - Unstash data from memory
                """,
            body: nil),
        CommandDefinition(
            "clocks", maximumArguments: 16, summary: "display clocks",
            usage: "",
            body: nil),
        CommandDefinition(
            "efidebug", maximumArguments: 16, isRepeatable: false, summary: "Configure UEFI environment",
            usage: """
                  - UEFI Shell-like interface to configure UEFI environment

                efidebug boot add - set UEFI BootXXXX variable
                  -b|-B <bootid> <label> <interface> <devnum>[:<part>] <file path>
                  -i|-I <interface> <devnum>[:<part>] <initrd file path>
                  (-b, -i for short form device path)
                  -s '<optional data>'
                efidebug boot rm <bootid#1> [<bootid#2> [<bootid#3> [...]]]
                  - delete UEFI BootXXXX variables
                efidebug boot dump
                  - dump all UEFI BootXXXX variables
                efidebug boot next <bootid>
                  - set UEFI BootNext variable
                efidebug boot order [<bootid#1> [<bootid#2> [<bootid#3> [...]]]]
                  - set/show UEFI boot order

                efidebug capsule update [-v] <capsule address>
                  - process a capsule
                efidebug capsule disk-update
                  - update a capsule from disk
                efidebug capsule show <capsule address>
                  - show capsule information
                efidebug capsule result [<capsule result var>]
                  - show a capsule update result
                efidebug capsule esrt
                  - print the ESRT

                efidebug drivers
                  - show UEFI drivers
                efidebug dh
                  - show UEFI handles
                efidebug images
                  - show loaded images
                efidebug memmap
                  - show UEFI memory map
                efidebug tables
                  - show UEFI configuration tables
                efidebug test bootmgr
                  - run simple bootmgr for test
                efidebug query [-nv][-bs][-rt][-at]
                  - show size of UEFI variables store

                """,
            body: nil),
        CommandDefinition(
            "interrupts", maximumArguments: 5, isRepeatable: false, summary: "enable or disable interrupts",
            usage: "[on, off]",
            body: nil),
        CommandDefinition(
            "iod", maximumArguments: 3, summary: "IO space display",
            usage: "[.b, .w, .l] address",
            body: nil),
        CommandDefinition(
            "iow", maximumArguments: 3, isRepeatable: false, summary: "IO space modify",
            usage: "[.b, .w, .l] address value",
            body: nil),
        CommandDefinition(
            "irqinfo", maximumArguments: 1, summary: "print information about IRQs",
            usage: "",
            body: nil),
        CommandDefinition(
            "mtest", maximumArguments: 5, summary: "simple RAM read/write test",
            usage: "[start [end [pattern [iterations]]]]",
            body: nil),
        CommandDefinition(
            "mtrr", maximumArguments: 8, summary: "Use x86 memory type range registers (32-bit only)",
            usage: """
                [list]        - list current registers
                set <reg> <type> <start> <size>   - set a register
                \t<type> is Uncacheable, Combine, Through, Protect, Back
                disable <reg>      - disable a register
                enable <reg>       - enable a register

                Precede command with '-c <n>|all' to access a particular hex CPU, e.g.
                   mtrr -c all list; mtrr -c 2e list
                """,
            body: nil),
        CommandDefinition(
            "rockusb", maximumArguments: 4, summary: "use the rockusb protocol",
            usage: """
                <USB_controller> <devtype> <dev[:part]>  e.g. rockusb 0 mmc 0

                """,
            body: nil),
        CommandDefinition(
            "sm", maximumArguments: 5, isRepeatable: false, summary: "Secure Monitor Control",
            usage: """
                serial <address> - read chip unique id to memory address
                sm reboot_reason [name] - get reboot reason and store to to environment
                sm efuseread <offset> <size> <address> - read efuse to memory address
                sm efusewrite <offset> <size> <address> - write into efuse from memory address
                """,
            body: nil),
        CommandDefinition(
            "sspi", maximumArguments: 5, summary: "SPI utility command",
            usage: """
                [<bus>:]<cs>[.<mode>][@<freq>] <bit_len> <dout> - Send and receive bits
                <bus>     - Identifies the SPI bus
                <cs>      - Identifies the chip select
                <mode>    - Identifies the SPI mode to use
                <freq>    - Identifies the SPI bus frequency in Hz
                <bit_len> - Number of bits to send (base 10)
                <dout>    - Hexadecimal string that gets sent
                """,
            body: nil),
        CommandDefinition(
            "tftpput", maximumArguments: 4, summary: "TFTP put command, for uploading files to a server",
            usage: "Address Size [[hostIPaddr:]filename]",
            body: nil),
        CommandDefinition(
            "thordown", maximumArguments: 16, summary: "TIZEN \"THOR\" downloader",
            usage: """
                <USB_controller> <interface> <dev>
                  - device software upgrade via LTHOR TIZEN download
                    program via <USB_controller> on device <dev>,
                \tattached to interface <interface>

                """,
            body: nil),
        CommandDefinition(
            "ums", maximumArguments: 4, summary: "Use the UMS [USB Mass Storage]",
            usage: """
                <USB_controller> [<devtype>] <dev[:part]>  e.g. ums 0 mmc 0
                    devtype defaults to mmc
                """,
            body: nil),
        CommandDefinition(
            "unbind", maximumArguments: 4, isRepeatable: false, summary: "Unbind a device from a driver",
            usage: """
                <node path>
                unbind <class> <index>
                unbind <class> <index> <driver>

                """,
            body: nil),
        CommandDefinition(
            "zboot", maximumArguments: 8, summary: "Boot bzImage",
            usage: """
                [addr] [size] [initrd addr] [initrd size] [setup] [cmdline]
                      addr -        The optional starting address of the bzimage.
                                    If not set it defaults to the environment
                                    variable "fileaddr".
                      size -        The optional size of the bzimage. Defaults to
                                    zero.
                      initrd addr - The address of the initrd image to use, if any.
                      initrd size - The size of the initrd image to use, if any.
                      setup -       The address of the kernel setup region, if this
                                    is not at addr
                      cmdline -     Environment variable containing the kernel
                                    command line, to override U-Boot's normal
                                    cmdline generation

                Sub-commands to do part of the zboot sequence:
                \tstart [addr [arg ...]] - specify arguments
                \tload   - load OS image
                \tsetup  - set up table
                \tinfo   - show summary info
                \tgo     - start OS
                \tdump [addr]    - dump info (optional address of boot params)
                """,
            body: nil),
        CommandDefinition(
            "zynqmp", maximumArguments: 9, summary: "ZynqMP sub-system",
            usage: """
                secure src len [key_addr] - verifies secure images of $len bytes
                                            long at address $src. Optional key_addr
                                            can be specified if user key needs to
                                            be used for decryption
                zynqmp mmio_read address - read from address
                zynqmp mmio_write address mask value - write value after masking to
                \t\t\t\t\taddress
                zynqmp aes srcaddr ivaddr len aesop keysrc dstaddr [keyaddr] -
                \tEncrypts or decrypts blob of data at src address and puts it
                \tback to dstaddr using key and iv at keyaddr and ivaddr
                \trespectively. keysrc value specifies from which source key
                \thas to be used, it can be User/Device/PUF key. A value of 0
                \tfor KUP(user key),1 for DeviceKey and 2 for PUF key. The
                \taesop value specifies the operation which can be 0 for
                \tdecrypt and 1 for encrypt operation
                zynqmp tcminit mode - Initialize the TCM with zeros. TCM needs to be
                \t\t       initialized before accessing to avoid ECC
                \t\t       errors. mode specifies in which mode TCM has
                \t\t       to be initialized. Supported modes will be
                \t\t       lock(0)/split(1)
                zynqmp pmufw address size - load PMU FW configuration object
                zynqmp pmufw node <id> - load PMU FW configuration object
                zynqmp pmufw node close - disable config object loading
                \tnode: keyword, id: NODE_ID in decimal format
                zynqmp rsa srcaddr srclen mod exp rsaop -
                \tPerforms RSA encryption and RSA decryption on blob of data
                \tat srcaddr and puts it back in srcaddr using modulus and
                \tpublic or private exponent
                \tsrclen : must be key size(4096 bits)
                \texp :\tprivate key exponent for RSA decryption(4096 bits)
                \t\tpublic key exponent for RSA encryption(32 bits)
                \trsaop :\t0 for RSA Decryption, 1 for RSA Encryption
                zynqmp sha3 srcaddr srclen [key_addr] -
                \tGenerates sha3 hash value for data blob at srcaddr and puts
                \t48 bytes hash value into srcaddr
                \tOptional key_addr can be specified for saving sha3 hash value
                \tNote: srcaddr/srclen should not be 0

                """,
            body: nil),
        CommandDefinition(
            "grepenv", maximumArguments: 16, isRepeatable: false, summary: "search environment variables",
            usage: """
                [-e] [-n | -v | -b] string ...
                    - list environment name=value pairs matching 'string'
                      "-e": enable regular expressions;
                      "-n": search variable names; "-v": search values;
                      "-b": search both names and values (default)
                """,
            body: nil),
        CommandDefinition(
            "meminfo", maximumArguments: 3, summary: "display memory information",
            usage: "",
            body: nil),
    ]
}
