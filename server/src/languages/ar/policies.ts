import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'لا يمكن استخدام هذا العنوان هنا. استخدم العنوان الذي أُعدّت له الخدمة أو اسأل الجهة المشغّلة لها.',
  'failure.invalid_invitation': 'استُخدمت هذه الدعوة أو سُحبت أو أصبحت قديمة جدًا. اطلب دعوة أخرى ممن دعاك.',
  'failure.invited_has_account': 'لديك حساب بالفعل. سجّل الدخول به.',
  'flow.invalid_invitation.title': 'انتهت هذه الدعوة',
  'flow.too_many_sessions.title': 'أجهزة كثيرة جدًا',
  'flow.too_many_sessions.text': 'بلغت الحد الأقصى للأجهزة المسجّل الدخول عليها. سجّل الخروج من أحدها، ثم سجّل الدخول هنا.',
  'invitation.explanation': 'الحسابات الجديدة بدعوة فقط. افتح الرابط الوارد في رسالة الدعوة.',
  'terminate_sessions.title': 'تسجيل الخروج من أجهزة أخرى؟',
  'terminate_sessions.explanation': 'بلغت الحد الأقصى للأجهزة المسجّل الدخول عليها. لتسجيل الدخول هنا، سيتم تسجيل الخروج من الأجهزة التالية:',
  'terminate_sessions.more': 'أجهزة أخرى: {count}',
  'terminate_sessions.facts': '{ip}، آخر استخدام: {lastUsed}',
  'terminate_sessions.submit': 'تسجيل خروجها والمتابعة',
  'mail.invitation.subject': 'دعوة إلى {brand}',
  'mail.invitation.heading': 'لديك دعوة',
  'mail.invitation.lead': 'تدعوك الجهة المشغّلة لـ {brand} إلى إنشاء حساب لهذا العنوان.',
  'mail.invitation.link': 'قبول الدعوة',
  'mail.invitation.until': 'صالحة حتى',
  'mail.invitation.ignore': 'هذا الرابط لك وحدك، فلا تعطه لأحد. إذا كنت لا تريد حسابًا، فتجاهل هذه الرسالة.',
  'mail.account_locked.subject': 'محاولات خاطئة كثيرة على حسابك في {brand}',
  'mail.account_locked.heading': 'حاول شخص ما مرات كثيرة جدًا',
  'mail.account_locked.password': 'أُدخلت كلمات مرور خاطئة كثيرة لحسابك في {brand}، ولذلك لن تُقبل كلمة مروره لبعض الوقت.',
  'mail.account_locked.second_factor':
    'اجتاز شخص ما الخطوة الأولى لتسجيل الدخول إلى حسابك في {brand} وأدخل رموزًا خاطئة كثيرة، ولذلك لن يُقبل أي رمز لبعض الوقت.',
  'mail.account_locked.one_time_code': 'أُدخلت رموز خاطئة كثيرة لحسابك في {brand}، ولذلك لن تُقبل الرموز المرسلة إليك لبعض الوقت.',
  'mail.account_locked.next_one_time_code':
    'لا تتأثر الأجهزة التي سبق أن سجّلت الدخول عليها. في أي مكان آخر سجّل الدخول بطريقة أخرى أو انتظر. إذا لم تكن أنت، فلم يتمكن أحد من الدخول.',
  'mail.account_locked.until': 'حتى',
  'mail.account_locked.next_password':
    'لا تتأثر الأجهزة التي سبق أن سجّلت الدخول عليها. في أي مكان آخر يمكنك تسجيل الدخول بطريقة أخرى، مثل رمز يُرسل إليك، أو إعادة تعيين كلمة المرور. إذا لم تكن أنت، فلم يتمكن أحد من الدخول.',
  'mail.account_locked.next_second_factor':
    'لا تتأثر الأجهزة التي سبق أن سجّلت الدخول عليها. إذا لم تكن أنت، فهناك من يعرف كلمة مرورك أو يقرأ بريدك: أعد تعيين كلمة المرور الآن.',
}
