/** Examples of QR codes. */
import type { Examples } from "../example.ts";
import { QrCode } from "./qr-code.tsx";

export const qrCodes: Examples = {
  component: "QR code",
  examples: [
    {
      name: "a second factor",
      shown: (
        <QrCode
          text="otpauth://totp/Daybook:anne%40acme.example?issuer=Daybook&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
          label="QR code for your authenticator app"
        />
      ),
    },
  ],
};
