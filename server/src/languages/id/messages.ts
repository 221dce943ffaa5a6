import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Halo,',
  'mail.sent_by': 'Dikirim oleh {brand} karena ada aktivitas terkait alamat email ini. Balasan untuk email ini tidak dibaca.',
  'mail.when': 'Waktu',
  'mail.device': 'Perangkat',
  'mail.ip_address': 'Alamat IP',
  'mail.new_address': 'Alamat baru',
  'mail.unknown_device': 'perangkat yang tidak dikenali',
  'mail.unknown_address': 'tidak diketahui',

  'mail.code_lifetime': 'Kode hanya berlaku satu kali, selama {time}.',
  'mail.code_secrecy': 'Jangan berikan kode ini kepada siapa pun. Kami tidak pernah memintanya lewat telepon, obrolan, atau email.',
  'mail.contact_support': 'Hubungi dukungan',
  'mail.ask_for_help': 'Jika ini bukan Anda, segera beri tahu pengelola {brand}.',
  'mail.reset_password': 'Atur ulang kata sandi',
  'mail.review_sessions': 'Tinjau sesi Anda',
  'mail.review_settings': 'Buka setelan',
  'mail.sign_in': 'Masuk',

  'mail.signup_code.subject': 'Kode untuk membuat akun {brand} Anda',
  'mail.signup_code.heading': 'Konfirmasi alamat email Anda',
  'mail.signup_code.lead': 'Selamat datang! Untuk menyelesaikan pembuatan akun {brand}, masukkan kode ini di halaman tempat Anda mendaftar.',
  'mail.signup_code.ignore': 'Jika Anda tidak mendaftar, abaikan email ini. Tanpa kode, tidak ada akun yang dikonfirmasi dengan alamat Anda.',

  'mail.login_code.subject': 'Kode untuk masuk ke {brand}',
  'mail.login_code.heading': 'Kode masuk Anda',
  'mail.login_code.lead': 'Untuk masuk ke {brand}, masukkan kode ini di halaman tempat Anda memintanya.',
  'mail.login_code.ignore': 'Jika Anda tidak sedang masuk, abaikan email ini. Tanpa kode, tidak ada yang dapat masuk.',

  'mail.recovery_code.subject': 'Kode untuk mengatur ulang kata sandi {brand} Anda',
  'mail.recovery_code.heading': 'Atur ulang kata sandi',
  'mail.recovery_code.lead': 'Untuk membuat kata sandi baru bagi akun {brand} Anda, masukkan kode ini di halaman tempat Anda memintanya.',
  'mail.recovery_code.ignore': 'Jika Anda tidak memintanya, abaikan email ini. Kata sandi Anda tetap seperti semula.',

  'mail.reauthentication_code.subject': 'Kode untuk mengonfirmasi bahwa ini Anda di {brand}',
  'mail.reauthentication_code.heading': 'Konfirmasi bahwa ini Anda',
  'mail.reauthentication_code.lead': 'Anda akan mengubah sesuatu yang penting di akun {brand} Anda. Masukkan kode ini untuk melanjutkan.',
  'mail.reauthentication_code.ignore':
    'Jika bukan Anda yang memulainya, mungkin orang lain sedang menggunakan akun Anda. Jangan berikan kode ini kepada siapa pun, dan ubah kata sandi Anda.',

  'mail.second_factor_code.subject': 'Kode untuk langkah kedua di {brand}',
  'mail.second_factor_code.heading': 'Satu langkah lagi',
  'mail.second_factor_code.lead': 'Kata sandi Anda benar. Untuk melanjutkan di {brand}, masukkan kode ini di halaman yang memintanya.',
  'mail.second_factor_code.ignore':
    'Jika Anda tidak baru saja memasukkan kata sandi, orang lain mengetahuinya. Jangan berikan kode ini kepada siapa pun, dan ubah kata sandi Anda.',

  'mail.email_change_code.subject': 'Kode untuk menggunakan alamat ini di {brand}',
  'mail.email_change_code.heading': 'Konfirmasi alamat email baru Anda',
  'mail.email_change_code.lead': 'Untuk menggunakan alamat ini bagi akun {brand} Anda, masukkan kode ini di halaman tempat Anda meminta perubahan.',
  'mail.email_change_code.ignore': 'Jika Anda tidak memintanya, abaikan email ini. Tanpa kode, alamat Anda tidak ditambahkan ke akun mana pun.',

  'mail.signup_existing_account.subject': 'Anda sudah memiliki akun {brand}',
  'mail.signup_existing_account.heading': 'Anda sudah memiliki akun',
  'mail.signup_existing_account.lead':
    'Seseorang, kemungkinan besar Anda, mencoba membuat akun {brand} dengan alamat email ini. Alamat ini sudah memiliki akun.',
  'mail.signup_existing_account.next': 'Anda dapat masuk dengan akun itu. Jika lupa kata sandi, buat yang baru.',
  'mail.signup_existing_account.ignore':
    'Jika ini bukan Anda, abaikan email ini. Akun Anda tidak berubah, dan halaman tidak memberi tahu bahwa akun itu ada.',

  'mail.email_changed.subject': 'Alamat email {brand} Anda telah diubah',
  'mail.email_changed.heading': 'Alamat email Anda telah diubah',
  'mail.email_changed.lead': 'Alamat email akun {brand} Anda telah diubah. Alamat lama tidak dapat lagi digunakan untuk masuk.',
  'mail.email_changed.next': 'Jika Anda yang melakukan perubahan ini, tidak ada yang perlu dilakukan.',

  'mail.password_changed.subject': 'Kata sandi {brand} Anda telah diubah',
  'mail.password_changed.heading': 'Kata sandi Anda telah diubah',
  'mail.password_changed.lead': 'Kata sandi akun {brand} Anda telah diubah.',
  'mail.password_changed.next':
    'Jika Anda yang melakukan perubahan ini, tidak ada yang perlu dilakukan. Jika bukan, segera atur ulang kata sandi untuk menutup akses orang itu.',

  'mail.totp_added.subject': 'Aplikasi autentikator ditambahkan ke akun {brand} Anda',
  'mail.totp_added.heading': 'Aplikasi autentikator telah ditambahkan',
  'mail.totp_added.lead': 'Mulai sekarang, masuk ke {brand} juga memerlukan kode dari aplikasi ini.',
  'mail.totp_removed.subject': 'Aplikasi autentikator dihapus dari akun {brand} Anda',
  'mail.totp_removed.heading': 'Aplikasi autentikator telah dihapus',
  'mail.totp_removed.lead': 'Kode dari aplikasi ini tidak lagi diterima untuk masuk ke {brand}.',
  'mail.recovery_codes_made.subject': 'Kode pemulihan baru untuk akun {brand} Anda',
  'mail.recovery_codes_made.heading': 'Kode pemulihan baru telah dibuat',
  'mail.recovery_codes_made.lead': 'Kode pemulihan lama untuk akun {brand} Anda tidak dapat digunakan lagi.',
  'mail.recovery_code_used.subject': 'Kode pemulihan akun {brand} Anda telah digunakan',
  'mail.recovery_code_used.heading': 'Kode pemulihan telah digunakan',
  'mail.recovery_code_used.lead': 'Seseorang masuk ke {brand} dengan salah satu kode pemulihan Anda. Kode itu tidak dapat digunakan lagi.',
  'mail.second_factor_changed.next':
    'Jika ini Anda, tidak ada yang perlu dilakukan. Jika bukan, orang lain telah masuk: segera atur ulang kata sandi dan periksa setelan Anda.',

  'mail.passkey_created.subject': 'Kunci sandi ditambahkan ke akun {brand} Anda',
  'mail.passkey_created.heading': 'Kunci sandi telah ditambahkan',
  'mail.passkey_created.lead': 'Kunci sandi baru kini dapat digunakan untuk masuk ke akun {brand} Anda.',
  'mail.passkey_created.next':
    'Jika Anda yang menambahkannya, tidak ada yang perlu dilakukan. Jika bukan, hapus kunci itu di setelan dan segera atur ulang kata sandi.',
  'mail.passkey_removed.subject': 'Kunci sandi dihapus dari akun {brand} Anda',
  'mail.passkey_removed.heading': 'Kunci sandi telah dihapus',
  'mail.passkey_removed.lead':
    'Kunci sandi akun {brand} Anda telah dihapus. Kunci itu tidak dapat lagi digunakan untuk masuk, dan perangkat Anda yang lain telah dikeluarkan.',
  'mail.passkey_removed.next':
    'Jika Anda yang menghapusnya, tidak ada yang perlu dilakukan. Jika bukan, segera atur ulang kata sandi untuk menutup akses orang itu.',

  'mail.new_sign_in.subject': 'Aktivitas masuk baru ke akun {brand} Anda',
  'mail.new_sign_in.heading': 'Aktivitas masuk baru ke akun Anda',
  'mail.new_sign_in.lead': 'Akun {brand} Anda diakses dari perangkat yang belum pernah kami lihat.',
  'mail.new_sign_in.next': 'Jika ini Anda, tidak ada yang perlu dilakukan. Jika bukan, atur ulang kata sandi dan akhiri sesi yang tidak Anda kenali.',

  'mail.refresh_token_reuse.subject': 'Kami mengakhiri satu sesi akun {brand} Anda',
  'mail.refresh_token_reuse.heading': 'Kami mengakhiri satu sesi untuk melindungi Anda',
  'mail.refresh_token_reuse.lead':
    'Kunci yang membuat Anda tetap masuk ke {brand} digunakan untuk kedua kalinya. Mungkin kunci itu telah disalin, jadi kami mengakhiri sesi tersebut.',
  'mail.refresh_token_reuse.next': 'Masuk lagi untuk melanjutkan. Jika Anda tidak mengenali perangkat di bawah, atur ulang juga kata sandi Anda.',

  'mail.account_deleted.subject': 'Akun {brand} Anda telah dihapus',
  'mail.account_deleted.heading': 'Akun Anda telah dihapus',
  'mail.account_deleted.lead': 'Akun {brand} Anda telah dihapus, dan semua sesinya telah berakhir.',
  'mail.account_deleted.next': 'Jika Anda yang memintanya, tidak ada yang perlu dilakukan. Terima kasih telah bersama kami.',
}
